//! The library's rules across its rooms: what loading says of a file, and what resolving
//! makes of names, without the binary.

#[path = "../support/chance.rs"]
mod chance;

mod load;
mod resolve;
