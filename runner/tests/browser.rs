//! The report in a real browser: nothing on its pages is wider than a phone.

mod common;

use std::path::Path;

/// Width of the frame and of what is in it.
fn widths(chromium: &Path, html: &str) -> (u32, u32) {
    let quoted = html.replace('&', "&amp;").replace('"', "&quot;");
    // A frame, because a headless window is never narrower than 500 pixels.
    let script = "const d = f.contentDocument.documentElement; document.title = `${d.clientWidth} ${d.scrollWidth}`";
    let frame = format!(
        "<!doctype html><title>-</title><iframe id=f width=360 height=800 style='border:0' srcdoc=\"{quoted}\" onload='{script}'></iframe>"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("frame.html");
    std::fs::write(&file, frame).unwrap();
    let profile = folder.path().join("profile");
    let output = common::headless(chromium, &profile)
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    let title = dom
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"))
        .map(|(title, _)| title)
        .unwrap_or_else(|| panic!("no page: {}", String::from_utf8_lossy(&output.stderr)));
    let (frame, content) = title
        .split_once(' ')
        .unwrap_or_else(|| panic!("the frame did not load: {title}"));
    (frame.parse().unwrap(), content.parse().unwrap())
}

#[test]
fn the_pages_fit_a_phone() {
    let Some(chromium) = interop_lab::system::find_program("chromium") else {
        return common::skip(
            "browser::the_pages_fit_a_phone needs Chromium: apt-get install chromium",
        );
    };
    let golden = common::root().join("runner/tests/golden/report");
    for (page, needs) in [
        ("run/index.html", "class=\"cards\""),
        ("paired/index.html", "class=\"findings\""),
        ("paired/struct_by_value.html", "class=\"alarm\""),
        ("paired/string_utf8_in.html", "class=\"verdict"),
        ("run/string_utf8_in.html", "class=\"fold\""),
        ("run/handle_create.html", "class=\"fold\""),
        ("startup/startup.html", "class=\"chart narrow\""),
        ("startup/loading_first_call.html", "id=\"startup\""),
    ] {
        let html = std::fs::read_to_string(golden.join(page)).unwrap();
        assert!(html.contains(needs), "{page} has no {needs}");
        // Opened, what is folded must fit too.
        for html in [html.replace("<details", "<details open"), html] {
            let (frame, content) = widths(&chromium, &html);
            assert!(frame <= 360, "the frame is {frame} wide");
            assert!(
                content <= frame,
                "{page} is {content} wide in a frame of {frame}"
            );
        }
    }
}
