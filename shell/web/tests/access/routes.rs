//! Every route of the router with its methods, read from the router itself.
//!
//! axum lists them in its `Debug` form and nowhere else. Should that form change, nothing is found and the test
//! fails; a route without a row in the table fails it too.

use std::collections::BTreeMap;

use axum::Router;

/// A route: method and path, as it was declared.
pub type Route = (String, String);

/// The routes of a router, by path; `HEAD` goes with `GET`.
pub fn of(router: &Router) -> Vec<Route> {
    let text = format!("{router:?}");
    let text = text.split("fallback_router").next().unwrap();
    let (methods, paths) = text.split_once("node: Node").expect("the router shows its paths");
    let mut allowed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for part in methods.split("RouteId(").skip(1) {
        let (number, rest) = part.split_once(')').unwrap();
        let header = rest.split_once("allow_header: Bytes(b\"").map(|(_, header)| header.split('"').next().unwrap());
        let methods = header.into_iter().flat_map(|header| header.split(',').map(str::to_owned));
        allowed.insert(number, methods.filter(|method| method != "HEAD").collect());
    }
    let mut routes = Vec::new();
    for part in paths.split("RouteId(").skip(1) {
        let (number, rest) = part.split_once(')').unwrap();
        let path = rest.split('"').nth(1).unwrap();
        // What catches everything below a prefix answers 404 and is no page.
        let methods = allowed.get(number).cloned().unwrap_or_default();
        routes.extend(methods.into_iter().map(|method| (method, path.to_owned())));
    }
    routes.sort_by(|one, other| (&one.1, &one.0).cmp(&(&other.1, &other.0)));
    routes.dedup();
    routes
}
