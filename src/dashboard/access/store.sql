-- Tables of the file of accounts, as each version of it added to them. The module beside it runs
-- what a file has not had, so what a version added never changes again. Semicolons end statements
-- and stand nowhere else.

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password TEXT,
    code_salt TEXT,
    code_proven INTEGER NOT NULL DEFAULT 0,
    code_step INTEGER NOT NULL DEFAULT 0,
    disabled INTEGER NOT NULL DEFAULT 0,
    made_at INTEGER NOT NULL,
    last_at INTEGER
) STRICT;
CREATE TABLE recovery_code (
    digest BLOB PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id)
) STRICT;
CREATE TABLE session (
    digest BLOB PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    stage TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_of ON session (account);
CREATE TABLE invitation (
    digest BLOB PRIMARY KEY,
    account INTEGER NOT NULL UNIQUE REFERENCES account (id),
    ends_at INTEGER NOT NULL
) STRICT;
CREATE TABLE attempt (
    subject BLOB NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX attempt_of ON attempt (subject, at);
CREATE TABLE audit_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    digest TEXT NOT NULL
) STRICT;

-- The next version.

CREATE TABLE program_token (
    digest BLOB PRIMARY KEY,
    account INTEGER NOT NULL UNIQUE REFERENCES account (id),
    made_at INTEGER NOT NULL
) STRICT;

-- The next version.

ALTER TABLE account ADD COLUMN partner TEXT;
CREATE TABLE sign_off_answer (
    round TEXT NOT NULL,
    partner TEXT NOT NULL,
    kind TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    at INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (round, partner, kind)
) STRICT;
CREATE TABLE sign_off_seen (
    round TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (round, account)
) STRICT;

-- The next version.

CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    action TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    exhibit TEXT NOT NULL,
    query TEXT NOT NULL,
    release TEXT NOT NULL,
    months TEXT NOT NULL,
    follows INTEGER NOT NULL,
    state TEXT NOT NULL,
    noted_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE TABLE decision_answer (
    decision INTEGER NOT NULL REFERENCES decision (id),
    lang TEXT NOT NULL,
    answer BLOB NOT NULL,
    PRIMARY KEY (decision, lang)
) STRICT;
CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    query TEXT NOT NULL,
    shared INTEGER NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_view_of ON saved_view (account);
CREATE TABLE explanation (
    area TEXT NOT NULL,
    verdict TEXT NOT NULL,
    first TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    role TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (area, verdict, first)
) STRICT;

-- The next version.

ALTER TABLE account ADD COLUMN settled_at INTEGER NOT NULL DEFAULT 0;
UPDATE account SET settled_at = made_at;

-- The next version.

CREATE TABLE data_request (
    id INTEGER PRIMARY KEY,
    asker TEXT NOT NULL,
    organisation TEXT NOT NULL,
    purpose TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    revision INTEGER NOT NULL,
    outcome TEXT,
    release TEXT,
    decider TEXT,
    answered_on TEXT,
    knows INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The next version.

CREATE TABLE edition_seen (
    release TEXT PRIMARY KEY,
    gone INTEGER NOT NULL
) STRICT;

-- The next version.

CREATE TABLE month_note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    month TEXT NOT NULL,
    last_month TEXT NOT NULL,
    kind TEXT NOT NULL,
    area TEXT NOT NULL,
    words TEXT NOT NULL,
    role TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

-- The next version.

ALTER TABLE audit_head ADD COLUMN keyed_from INTEGER;
CREATE TABLE audit_break (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    digest TEXT NOT NULL,
    kept TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;

-- The next version.

CREATE TABLE clock (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    boot TEXT NOT NULL,
    steady REAL NOT NULL,
    running REAL NOT NULL,
    ahead REAL NOT NULL,
    back INTEGER NOT NULL DEFAULT 0,
    back_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE used_code (
    account INTEGER NOT NULL REFERENCES account (id),
    step INTEGER NOT NULL,
    PRIMARY KEY (account, step)
) STRICT;
INSERT INTO used_code SELECT id, code_step FROM account WHERE code_step > 0;
ALTER TABLE account DROP COLUMN code_step;
ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN browser TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN means TEXT NOT NULL DEFAULT 'password';
ALTER TABLE account ADD COLUMN grace_until INTEGER NOT NULL DEFAULT 0;
UPDATE account SET grace_until = CAST(strftime('%s', 'now') AS INTEGER) + 2592000
    WHERE role IN ('coordinator', 'partner') AND password IS NOT NULL AND NOT code_proven;
CREATE TABLE passkey (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account INTEGER NOT NULL REFERENCES account (id),
    credential BLOB NOT NULL UNIQUE,
    public_key BLOB NOT NULL,
    seal BLOB NOT NULL,
    sign_count INTEGER NOT NULL,
    name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX passkey_of ON passkey (account);
CREATE TABLE identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account INTEGER NOT NULL UNIQUE REFERENCES account (id),
    seal BLOB NOT NULL,
    PRIMARY KEY (issuer, subject)
) STRICT;
ALTER TABLE invitation ADD COLUMN only_provider INTEGER NOT NULL DEFAULT 0;
CREATE TABLE used_word (
    digest BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
