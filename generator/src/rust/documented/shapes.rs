//! What types hold, without their documentation: nothing else of them gets into the code that shows a request.

use std::hash::{Hash, Hasher};

use crate::rust::items::{AnyEnum, AnyVariant, Enum, Field, Struct, Variant};

/// What a struct holds.
pub(super) struct StructShape<'a>(pub(super) &'a Struct);

impl Hash for StructShape<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Struct {
            ident,
            name: _,
            docs: _,
            deprecated: _,
            fields,
            any,
            when: _,
        } = self.0;
        ident.hash(state);
        fields.len().hash(state);
        for field in fields {
            let Field {
                ident,
                constant,
                wire,
                ty,
                is_navigation,
                is_required: _,
                when: _,
                docs: _,
                deprecated: _,
            } = field;
            (ident, constant, wire, ty, is_navigation).hash(state);
        }
        let any = any.as_ref().map(|any| {
            let AnyEnum {
                ident,
                docs: _,
                variants,
            } = any;
            let variants = variants.iter().map(|variant| {
                let AnyVariant {
                    ident,
                    name,
                    docs: _,
                } = variant;
                (ident, name)
            });
            (ident, variants.collect::<Vec<_>>())
        });
        any.hash(state);
    }
}

/// The members of an enum.
pub(super) struct EnumShape<'a>(pub(super) &'a Enum);

impl Hash for EnumShape<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Enum {
            ident,
            name: _,
            docs: _,
            deprecated: _,
            is_flags,
            variants,
            when: _,
        } = self.0;
        (ident, is_flags, variants.len()).hash(state);
        for variant in variants {
            let Variant {
                ident,
                wire,
                value: _,
                docs: _,
                deprecated: _,
            } = variant;
            (ident, wire).hash(state);
        }
    }
}
