//! Nothing but a place for the tests of the whole, which are in `tests/`.
