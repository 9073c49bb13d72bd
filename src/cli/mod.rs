//! The command line. Alone prints, reads the clock, the environment and the
//! terminal.
