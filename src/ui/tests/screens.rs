//! Pictures of whole screens with their colours, one per state, at both sizes and in both languages; and every screen
//! under every key at every size.
