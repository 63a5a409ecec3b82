//! `GET /ledger/head`: what proves the whole ledger up to a position.

use axum::Json;
use cchc_access::Action;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use super::problem::Problem;

/// The last entry of the log. Whoever keeps it can tell later that nothing before it was changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Head {
    /// Its position; 0: nothing was recorded yet.
    pub position: u64,
    /// Its chained hash, 64 hexadecimal digits.
    #[schema(min_length = 64, max_length = 64)]
    pub hash: String,
    /// When this was answered.
    pub at: String,
}

/// The head of the ledger.
#[utoipa::path(get, path = "/api/v1/ledger/head", tag = "Sổ cái", operation_id = "ledger_head", summary = "Vị trí và mã băm cuối cùng của sổ cái",
    responses((status = 200, description = "Vị trí và mã băm cuối", body = Head)))]
pub async fn head(caller: Caller) -> Result<Json<Head>, Problem> {
    caller.reach(Action::ViewHistory)?;
    let (position, hash) = caller.store().log_end().await?;
    Ok(Json(Head { position, hash: hash.to_string(), at: caller.now.to_string() }))
}
