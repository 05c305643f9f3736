PRAGMA user_version=1;
BEGIN TRANSACTION;
CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        started INTEGER NOT NULL, -- microseconds UTC
        date TEXT NOT NULL,       -- local, 2026-11-25
        routine TEXT NOT NULL,
        style TEXT NOT NULL,
        ended TEXT NOT NULL,
        data TEXT NOT NULL        -- the whole entry, JSON
    ) STRICT;
INSERT INTO "entry" VALUES(1,'k-1',259200000000,'1970-01-04','even-keel','relaxation','FeltWrong','{"key":"k-1","started":"1970-01-04T00:00:00Z","date":"1970-01-04","routine":"even-keel","title":"Even Keel","version":"abc","style":"Relaxation","variations":["hold-free","deeper"],"planned":600,"heard":[["Arrive",30],["Soften",120]],"skipped":["Left hip"],"end":"FeltWrong","areas":["Neck","Chest"],"pressed":["Neck"],"flags":["NewMedicine"],"wish":"Both","before":{"tension":7,"pain":0,"stress":null,"sleep":null,"settled":null,"rotating":null},"after":{"tension":null,"pain":null,"stress":null,"sleep":null,"settled":8,"rotating":["Warmth",10]},"answers":[{"asked":"tension","rating":5,"chosen":null}],"change":-2,"pressure":"TooMuch","bedtime":false,"morning":false,"ache":4,"slept":6,"plan_item":"hips","note":"=1+1, \"quoted\"\nand a second line — ünïcode"}');
INSERT INTO "entry" VALUES(2,'b50c926000-43f3124f3886441b',777600000000,'1970-01-10','even-keel','relaxation','Left','{"key":"b50c926000-43f3124f3886441b","started":"1970-01-10T00:00:00Z","date":"1970-01-10","routine":"even-keel","title":"Even Keel","version":"","style":"Relaxation","variations":[],"planned":0,"heard":[],"skipped":[],"end":"Left","areas":[],"pressed":[],"flags":[],"wish":"Unsure","before":{"tension":null,"pain":null,"stress":null,"sleep":null,"settled":null,"rotating":null},"after":{"tension":null,"pain":null,"stress":null,"sleep":null,"settled":null,"rotating":null},"answers":[],"change":null,"pressure":null,"bedtime":false,"morning":false,"ache":null,"slept":null,"plan_item":null,"note":"number 9"}');
CREATE TABLE entry_area (
        area TEXT NOT NULL,
        entry INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
        PRIMARY KEY (area, entry)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "entry_area" VALUES('chest',1);
INSERT INTO "entry_area" VALUES('neck',1);
CREATE TABLE measure (id INTEGER PRIMARY KEY AUTOINCREMENT, date TEXT NOT NULL, data TEXT NOT NULL) STRICT;
INSERT INTO "measure" VALUES(1,'2026-11-01','{"date":"2026-11-01","check":"KneeToWall","side":"Left","value":9.5,"felt":null}');
CREATE TABLE resume (id INTEGER PRIMARY KEY CHECK (id = 1), data TEXT NOT NULL) STRICT;
INSERT INTO "resume" VALUES(1,'{"entry":{"key":"","started":"1970-01-02T00:00:00Z","date":"1970-01-02","routine":"even-keel","title":"Even Keel","version":"","style":"Relaxation","variations":[],"planned":0,"heard":[],"skipped":[],"end":"Left","areas":[],"pressed":[],"flags":[],"wish":"Unsure","before":{"tension":null,"pain":null,"stress":null,"sleep":null,"settled":null,"rotating":null},"after":{"tension":null,"pain":null,"stress":null,"sleep":null,"settled":null,"rotating":null},"answers":[],"change":null,"pressure":null,"bedtime":false,"morning":false,"ache":null,"slept":null,"plan_item":null,"note":"number 1"},"choices":{"minutes":null,"variations":[],"tags":[],"tighter":null,"area":null,"locked":[],"talk":null,"choose":null,"cap":null,"side":null,"left_out":[],"familiar":false,"bedtime":false,"edits":[]},"step":4,"step_title":"Left hip","at":4560000,"written":"1970-01-01T00:00:00Z"}');
CREATE INDEX entry_started ON entry (started);
CREATE INDEX entry_date ON entry (date);
CREATE INDEX entry_routine ON entry (routine, started);
CREATE INDEX entry_area_entry ON entry_area (entry);
CREATE VIEW session AS SELECT id, date, routine, style, ended,
        data ->> '$.before.tension' AS tension_before, data ->> '$.after.tension' AS tension_after,
        data ->> '$.before.stress' AS stress_before, data ->> '$.after.stress' AS stress_after,
        data ->> '$.before.pain' AS pain_before, data ->> '$.after.pain' AS pain_after,
        data ->> '$.note' AS note
        FROM entry;
COMMIT;
