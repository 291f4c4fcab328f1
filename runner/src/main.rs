//! The binary `lab`: parses the command line, runs one verb, turns the result into an exit code.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use interop_lab::cli::Cli;
use interop_lab::cmd;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cmd::dispatch(cli.verb) {
        Ok(exit) => exit.into(),
        Err(error) => cmd::complain(&error).into(),
    }
}
