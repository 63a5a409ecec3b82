//! Whose part one may take in the demonstration, as it is printed when it starts.

use cchc_access::Role;
use cchc_web::App;

/// A line for each simulated person with a post today: login, role, unit.
pub async fn accounts(app: &App) -> anyhow::Result<String> {
    let site = app.site();
    let mut people = app.store().simulated_list(site.today).await?;
    let order = |roles: &[Role]| Role::ALL.iter().position(|role| roles.contains(role));
    people.sort_by_key(|(_, _, _, _, roles)| order(roles).unwrap_or(Role::ALL.len()));
    let lines = people.into_iter().map(|(login, _, title, unit, roles)| {
        let role = order(&roles).and_then(|at| Role::ALL.get(at)).map_or("không có vai trò", |role| role.label());
        let unit = site.units.full_name(&unit, site.today);
        format!("  {login:<26} {role}: {title}, {unit}\n")
    });
    Ok(lines.collect())
}
