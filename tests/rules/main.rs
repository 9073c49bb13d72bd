//! The library's rules across its rooms: what loading says of a file, and what resolving
//! makes of names, without the binary.

mod load;
mod resolve;
