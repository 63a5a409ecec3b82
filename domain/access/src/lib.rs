//! Who may do what: posts, roles, permissions, scopes, delegation.
