//! A published site in a real browser: every page opened, every link followed, nothing wider than a phone, no chart without words,
//! nothing on the console.

mod common;
#[path = "common/made.rs"]
mod made;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::{fs, thread};

use common::{lab, root};
use interop_lab::run_folder::files_below;
use made::{Made, id};

/// Opens every page in a frame as wide as a phone, with everything folded open, and looks at it; then asks for every link.
const HARNESS: &str = r#"<!doctype html><title>-</title><body><pre id="found">not finished</pre><script>
const pages = PAGES;
const faults = [], links = new Map(), ids = new Map();
function open(page) {
  return new Promise(done => {
    const frame = document.createElement("iframe");
    frame.width = 360; frame.height = 800; frame.style.border = 0;
    frame.onload = () => { look(page, frame.contentDocument); frame.remove(); done(); };
    frame.src = "/" + page;
    document.body.append(frame);
  });
}
function look(page, d) {
  const root = d.documentElement;
  for (const fold of [false, true]) {
    if (fold) for (const one of d.querySelectorAll("details")) one.open = true;
    if (root.scrollWidth > 360) faults.push(`${page}: ${root.scrollWidth} wide in 360${fold ? ", opened" : ""}`);
  }
  if (d.querySelectorAll("h1").length !== 1) faults.push(`${page}: not one h1`);
  if (!d.title || !root.lang) faults.push(`${page}: no title or language`);
  for (const image of d.querySelectorAll("img")) if (!image.alt) faults.push(`${page}: an image without alt`);
  for (const chart of d.querySelectorAll("svg")) {
    const words = (chart.getAttribute("aria-labelledby") || "").split(" ").map(id => d.getElementById(id)?.textContent || "");
    if (words.length < 2 || words.some(text => !text.trim())) faults.push(`${page}: a chart without words`);
  }
  ids.set(page, new Set([...d.querySelectorAll("[id]")].map(one => one.id)));
  for (const one of ids.get(page)) if (d.querySelectorAll(`[id="${CSS.escape(one)}"]`).length > 1) faults.push(`${page}: ${one} twice`);
  for (const link of d.querySelectorAll("a[href]")) {
    const url = new URL(link.href);
    if (url.origin === location.origin) links.set(url.href, page);
  }
}
async function all() {
  for (const page of pages) await open(page);
  let asked = new Map();
  for (const [href, page] of links) {
    const url = new URL(href), path = url.pathname.slice(1);
    if (!asked.has(path)) asked.set(path, (await fetch("/" + path)).ok);
    if (!asked.get(path)) faults.push(`${page}: ${path} is not there`);
    else if (url.hash && ids.has(path) && !ids.get(path).has(decodeURIComponent(url.hash.slice(1)))) faults.push(`${page}: no place ${url.hash} in ${path}`);
  }
  document.getElementById("found").textContent = `${pages.length} pages, ${links.size} links\n` + faults.join("\n");
}
all().catch(error => { document.getElementById("found").textContent = "failed: " + error; });
</script></body>"#;

/// Answers with files of a folder until the test ends.
fn serve(folder: &Path, harness: String) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let folder = folder.to_path_buf();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (folder, harness) = (folder.clone(), harness.clone());
            thread::spawn(move || answer(stream, &folder, &harness));
        }
    });
    port
}

fn answer(mut stream: TcpStream, folder: &Path, harness: &str) {
    let mut request = String::new();
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    if reader.read_line(&mut request).is_err() {
        return;
    }
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
        line.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or("/").to_string();
    let path = path
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .replace("%2B", "+");
    let (state, kind, body) = match path.as_str() {
        "/harness" => ("200 OK", "text/html", harness.as_bytes().to_vec()),
        "/favicon.ico" => ("204 No Content", "text/plain", Vec::new()),
        path => match fs::read(folder.join(path.trim_start_matches('/'))) {
            Ok(bytes) => {
                let kind = match Path::new(path).extension().and_then(|end| end.to_str()) {
                    Some("html") => "text/html; charset=utf-8",
                    Some("svg") => "image/svg+xml",
                    _ => "text/plain; charset=utf-8",
                };
                ("200 OK", kind, bytes)
            }
            Err(_) => ("404 Not Found", "text/plain", Vec::new()),
        },
    };
    let head = format!(
        "HTTP/1.1 {state}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(&body);
}

/// What the browser found, and what it wrote on its console.
fn browse(chromium: &Path, folder: &Path) -> (String, Vec<String>) {
    let pages: Vec<String> = files_below(folder)
        .unwrap()
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .map(|path| {
            let name = path.strip_prefix(folder).unwrap().to_string_lossy();
            format!("\"{}\"", name.replace('\\', "/"))
        })
        .collect();
    let harness = HARNESS.replace("PAGES", &format!("[{}]", pages.join(",")));
    let port = serve(folder, harness);
    let profile = tempfile::tempdir().unwrap();
    let output = common::headless(chromium, profile.path())
        .args(["--enable-logging=stderr", "--virtual-time-budget=600000"])
        .arg(format!("http://127.0.0.1:{port}/harness"))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = dom
        .split_once("<pre id=\"found\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"))
        .map(|(found, _)| found.to_string())
        .unwrap_or_else(|| panic!("no page: {dom}"));
    let console = String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter(|line| line.contains("CONSOLE"))
        .map(str::to_string)
        .collect();
    (found, console)
}

/// A report of two runs and a comparison of them.
fn made_up(folder: &Path) -> Vec<PathBuf> {
    let (runs, out) = (folder.join("runs"), folder.join("out"));
    for number in [1, 2] {
        Made {
            number,
            variants: &[("DllImport", 20.0), ("FunctionPointer", 22.0)],
            change: made::publishable,
            ..Made::default()
        }
        .seal(&runs);
    }
    let run = |arguments: &[&str]| {
        let mut command = lab();
        command.env("LAB_ROOT", folder).env("LAB_RUNS", &runs);
        command.args(arguments).assert().success();
    };
    let (one, two, out_text) = (id(1), id(2), out.to_str().unwrap());
    run(&["report", &one]);
    run(&["report", &two]);
    run(&["publish", &one, &two, "--out", out_text]);
    run(&["publish", "--compare", &one, &two, "--out", out_text]);
    folders(&out)
}

fn folders(reports: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(reports)
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join("published.json").exists())
        .collect();
    folders.sort();
    folders
}

#[test]
fn every_page_opens_and_every_link_leads_somewhere() {
    let Some(chromium) = interop_lab::system::find_program("chromium") else {
        return common::skip(
            "site::every_page_opens_and_every_link_leads_somewhere needs Chromium: apt-get install chromium",
        );
    };
    let folder = tempfile::tempdir().unwrap();
    let mut sites = made_up(folder.path());
    assert_eq!(sites.len(), 2);
    sites.extend(folders(&root().join("reports")));
    for site in &sites {
        let (found, console) = browse(&chromium, site);
        let mut lines = found.lines();
        let counted = lines.next().unwrap_or_default();
        assert!(counted.contains("pages, "), "{}: {found}", site.display());
        let faults: BTreeSet<&str> = lines.filter(|line| !line.is_empty()).collect();
        assert!(faults.is_empty(), "{}: {faults:#?}", site.display());
        assert!(console.is_empty(), "{}: {console:#?}", site.display());
    }
    // The test can fail: a link to nowhere, a wide page, a chart without words.
    let index = sites[0].join("index.html");
    let broken = "<a href=\"nowhere.html\">x</a><a href=\"#nowhere\">x</a><div style=\"width:900px\">x</div><svg></svg></main>";
    let text = fs::read_to_string(&index)
        .unwrap()
        .replace("</main>", broken);
    fs::write(&index, text).unwrap();
    let (found, _) = browse(&chromium, &sites[0]);
    for fault in [
        "index.html: nowhere.html is not there",
        "no place #nowhere",
        "wide in 360",
        "a chart without words",
    ] {
        assert!(found.contains(fault), "{fault}: {found}");
    }
}

/// Committed reports are what their data give, on every machine.
#[test]
fn the_committed_reports_verify() {
    for report in folders(&root().join("reports")) {
        lab()
            .args(["publish", "--verify", report.to_str().unwrap()])
            .assert()
            .success();
    }
}
