//! What is generated for every type and enum: tables of one row each property, member and variant, and what they make.

mod leaves;
mod objects;
