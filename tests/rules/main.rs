//! The library's rules across its rooms: what loading says of a file, and what resolving
//! makes of names, without the binary.

#[path = "../support/chance.rs"]
mod chance;

mod fuzz;
mod load;
mod resolve;
