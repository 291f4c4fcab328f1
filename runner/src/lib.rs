//! The lab: plans, runs, checks and reports what calling native code from .NET costs.
//!
//! `cmd` composes, the other modules do. Statistics and reports are pure functions without clock, file or environment.
#![forbid(unsafe_code)]

pub mod agreement;
pub mod allocations;
pub mod build;
pub mod catalogue;
pub mod claims;
pub mod cli;
pub mod cmd;
pub mod comparison;
pub mod control;
pub mod costs;
pub mod deployment;
pub mod derived;
pub mod doctor;
pub mod engine;
pub mod environment;
pub mod evidence;
pub mod generate;
pub mod history;
pub mod level;
pub mod lock;
pub mod managed;
pub mod manifest;
pub mod measure;
pub mod names;
pub mod plan;
pub mod process;
pub mod progress;
pub mod provenance;
pub mod publish;
pub mod report;
pub mod row;
pub mod run_folder;
pub mod sample;
pub mod scaffold;
pub mod standalone;
pub mod stats;
pub mod system;
pub mod terminal;
pub mod validation;
pub mod verdict;
pub mod workspace;
