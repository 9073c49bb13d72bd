//! A document or its pages become bytes.
