//! The codec: conversion between Rust values and JSON text.
//!
//! - [`json`]: the visitor and the serializer that all generated types share.
//! - [`primitives`]: OData primitive types that the standard library lacks.

pub mod primitives;
pub mod json;
