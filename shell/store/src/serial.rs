//! PostgreSQL: one transaction a command, tried again on a serialization failure or a lost race.

use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::postgres::PgPool;
use sqlx::{Postgres, Transaction};

use crate::append::{self, Failure, Order};
use crate::commit::{Asked, Committed, unknown};
use crate::conn::Conn;
use crate::error::{CommitError, DbError};
use crate::kept::Kept;
use crate::store::{Isolation, Store};

/// A command is tried so often before its caller is told to send it again.
const TRIES: u32 = 30;

/// Carries out a command in its own transaction.
pub(crate) async fn commit<A: Kept>(
    store: &Store,
    pool: &PgPool,
    asked: Asked<A>,
) -> Result<Committed, CommitError<A::Refusal>> {
    for attempt in 0..TRIES {
        match attempt_once(store, pool, &asked, attempt).await {
            Ok(committed) => return Ok(committed),
            Err(Failure::Refused(refusal)) => return Err(CommitError::Refused(refusal)),
            Err(Failure::Taken { kind, key }) => return Err(CommitError::Taken { kind, key }),
            Err(Failure::OtherPayload) => return Err(CommitError::OtherPayload),
            Err(Failure::Backdated(why)) => return Err(CommitError::Backdated(why)),
            Err(Failure::Db(error)) if error.is_retryable() => pause(attempt).await,
            Err(Failure::Db(error)) if error.is_constraint() => {
                return Err(CommitError::Constraint(error.to_string()));
            }
            Err(Failure::Db(error)) => return Err(unknown(&error)),
        }
    }
    Err(CommitError::Unknown("quá nhiều người cùng sửa một chỗ".to_owned()))
}

/// A little longer each time, and not the same for everybody: the address of a local tells them apart.
async fn pause(attempt: u32) {
    let spread = uuid::Uuid::now_v7().as_u128() & 0x3;
    let millis = u64::from(attempt.min(10)).saturating_mul(2).saturating_add(u64::try_from(spread).unwrap_or(0));
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

async fn attempt_once<A: Kept>(
    store: &Store,
    pool: &PgPool,
    asked: &Asked<A>,
    attempt: u32,
) -> Result<Committed, Failure<A::Refusal>> {
    let mut transaction = begin(store, pool).await?;
    let mut conn = Conn::Postgres(&mut transaction);
    let mut loaded = append::load::<A>(&mut conn, &asked.stream).await?;
    let now = (store.inner.options.clock)();
    let committed = append::append(&mut conn, &mut loaded, &mut Order::Outbox, now, asked).await?;
    if committed.repeated {
        transaction.rollback().await.map_err(DbError::from)?;
        return Ok(committed);
    }
    if store.inner.options.fail.is_some_and(|fails| fails(attempt)) {
        // A real refusal of the server, so that what is tested is what happens.
        conn.run("DO $$ BEGIN RAISE EXCEPTION 'injected' USING ERRCODE = '40001'; END $$", &[]).await?;
    }
    transaction.commit().await.map_err(DbError::from)?;
    Ok(committed)
}

async fn begin<'p>(store: &Store, pool: &'p PgPool) -> Result<Transaction<'p, Postgres>, DbError> {
    let mut transaction = pool.begin().await?;
    if store.inner.options.isolation == Isolation::Serializable {
        Conn::Postgres(&mut transaction).run("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", &[]).await?;
    }
    Ok(transaction)
}

/// A piece of writing that is no command.
pub(crate) async fn write<T, F>(store: &Store, pool: &PgPool, work: F) -> Result<T, DbError>
where
    F: for<'c> Fn(&'c mut Conn<'_>) -> BoxFuture<'c, Result<T, DbError>>,
{
    let mut attempt = 0_u32;
    loop {
        let mut transaction = begin(store, pool).await?;
        let done = match work(&mut Conn::Postgres(&mut transaction)).await {
            Ok(value) => transaction.commit().await.map(|()| value).map_err(DbError::from),
            Err(error) => Err(error),
        };
        match done {
            Err(error) if error.is_retryable() && attempt < TRIES => pause(attempt).await,
            done => return done,
        }
        attempt = attempt.saturating_add(1);
    }
}
