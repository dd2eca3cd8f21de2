-- 用数据库重算抽中名单 / the selection of SSJ-DRAW/1 (SPEC §6.3, §7) recomputed by DuckDB or PostgreSQL.
--
-- 每一处不同打印一行；一行也没有，就是一致。 One row for each difference; no row at all means that it holds.
-- 承诺、种子、熵源、比例、检查组、台账，以及名单的行序，由 verify_ssj.py 核验。
-- Commitment, seed, entropy, ratios, teams, ledger and the order of rows are looked at by verify_ssj.py.
--
-- 1. 与 subjects.csv、drawn.csv 放在同一文件夹。 Lay this file beside subjects.csv and drawn.csv.
-- 2. 用文本编辑器打开 record.toml、rules.toml，照抄下面的参数；文字中的一个 ' 写成两个 ''。
--    Open record.toml and rules.toml with a text editor and copy the parameters below; a ' in a text is written twice.
-- 3. 在该文件夹运行 / in that folder run:   duckdb -f verify_ssj.sql      or   psql -q -f verify_ssj.sql
--    用 PostgreSQL 时，先在末尾标有 [DuckDB] 的三行行首加上 --，再去掉末尾标有 [PostgreSQL] 的四行行首的 --。
--    For PostgreSQL put -- before the three lines that end with [DuckDB] and take it from the four that end with
--    [PostgreSQL]. Who may connect may run it: nothing is made but temporary things.
-- 4. 文件夹里有 tickets.csv（签数）时，去掉标有 [签数 weights] 的两行中自己那种数据库一行行首的 --。项目（第二阶段）由 verify_ssj.py 核验。
--    With a tickets.csv in the folder take the -- from the one of the two lines marked [签数 weights] that is of your
--    database. Sites (the second stage) are looked at by verify_ssj.py.

BEGIN TRANSACTION; -- ended by ROLLBACK: nothing is left in the database
-- SET client_encoding = 'UTF8'; -- [PostgreSQL]

-- ── 参数 parameters ──────────────────────────────────────────────────────────────────────────────

CREATE TEMP TABLE parameters AS SELECT
  '?' AS draw_id, -- record.toml: draw_id
  '?' AS seed,    -- record.toml: seed
  'all' AS scope, -- rules.toml: scope
  0 AS reserve;   -- rules.toml: [ratio] reserve

CREATE TEMP TABLE quotas (stratum text, size integer, quota integer, cut text);
INSERT INTO quotas VALUES -- record.toml: each [[stratum]] in brackets, commas between them
  ('?', 0, 0, '');

-- ── 以下不用改 nothing to fill in below ──────────────────────────────────────────────────────────

-- SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits; PostgreSQL keeps it where every user may write
CREATE SCHEMA pg_temp; CREATE MACRO pg_temp.h(t) AS sha256(t); -- [DuckDB]
-- CREATE FUNCTION pg_temp.h(t text) RETURNS text LANGUAGE sql AS $$SELECT encode(sha256(convert_to(t, 'UTF8')), 'hex')$$; -- [PostgreSQL]

-- every column is text: no number, date or empty cell is read as anything else
CREATE TEMP TABLE subjects ("编号" text, "名称" text, "类型" text, "分层" text, "监管类别" text, "分管股室" text,
  "辖区" text, "地址" text, "信用风险等级" text, "重点企业" text, "所属企业" text);
CREATE TEMP TABLE drawn ("分层" text, "序号" text, "结果" text, "编号" text, "名称" text, "签号" text);
COPY subjects FROM 'subjects.csv' (FORMAT csv, HEADER true, AUTO_DETECT false, DELIM ',', QUOTE '"', ESCAPE '"', NULLSTR '\N'); -- [DuckDB]
COPY drawn FROM 'drawn.csv' (FORMAT csv, HEADER true, AUTO_DETECT false, DELIM ',', QUOTE '"', ESCAPE '"', NULLSTR '\N'); -- [DuckDB]
-- \copy subjects FROM 'subjects.csv' (FORMAT csv, HEADER true, NULL '\N', ENCODING 'UTF8') -- [PostgreSQL]
-- \copy drawn FROM 'drawn.csv' (FORMAT csv, HEADER true, NULL '\N', ENCODING 'UTF8') -- [PostgreSQL]

-- how many tickets a subject has (SPEC §7.3); nobody stands here in a draw without weights
CREATE TEMP TABLE counts ("编号" text, "签数" text);
-- COPY counts FROM 'tickets.csv' (FORMAT csv, HEADER true, AUTO_DETECT false, DELIM ',', QUOTE '"', ESCAPE '"'); -- [签数 weights] DuckDB
-- \copy counts FROM 'tickets.csv' (FORMAT csv, HEADER true, ENCODING 'UTF8') -- [签数 weights] PostgreSQL

WITH
keys AS ( -- SPEC §6.3: five lines, each ended by LF
  SELECT reserve, left(pg_temp.h('ssj.key.1' || chr(10) || seed || chr(10) || draw_id || chr(10) || 'subject' || chr(10)
    || scope || chr(10)), 32) AS key
  FROM parameters
),
firsts AS ( -- MUST-7.1
  SELECT "分层" AS stratum, "编号" AS id, "名称" AS name, pg_temp.h(key || "编号") AS ticket, reserve FROM subjects CROSS JOIN keys
),
further AS ( -- MUST-7.6: the second ticket and those after it, of subjects that have several
  SELECT counts."编号" AS id, min(pg_temp.h(key || counts."编号" || '#' || CAST(n AS text)) COLLATE "C") AS ticket
  FROM counts CROSS JOIN keys CROSS JOIN generate_series(2, 64) AS numbers(n)
  WHERE n <= CAST("签数" AS integer) GROUP BY counts."编号"
),
tickets AS (
  SELECT stratum, firsts.id, name, reserve, CASE WHEN further.ticket IS NOT NULL
    AND further.ticket COLLATE "C" < firsts.ticket COLLATE "C" THEN further.ticket ELSE firsts.ticket END AS ticket
  FROM firsts LEFT JOIN further ON firsts.id = further.id
),
ranked AS ( -- MUST-7.2: bytewise, whatever the language of the database
  SELECT tickets.*, row_number() OVER (PARTITION BY stratum ORDER BY ticket COLLATE "C", id COLLATE "C") AS place
  FROM tickets
),
chosen AS ( -- MUST-7.2, 7.3
  SELECT ranked.stratum, CAST(place AS text) AS place,
    CASE WHEN place <= quota THEN '抽中' ELSE '递补' END AS outcome, id, name, ticket
  FROM ranked JOIN quotas ON ranked.stratum = quotas.stratum
  WHERE quota > 0 AND place <= quota + reserve
),
strata AS (
  SELECT ranked.stratum, count(*) AS size, max(CASE WHEN place <= quota THEN ticket ELSE '' END COLLATE "C") AS cut
  FROM ranked LEFT JOIN quotas ON ranked.stratum = quotas.stratum
  GROUP BY ranked.stratum
)
SELECT 'drawn.csv 中没有 not in drawn.csv' AS difference, missing.*
  FROM (SELECT * FROM chosen EXCEPT ALL SELECT * FROM drawn) AS missing
UNION ALL
SELECT 'drawn.csv 中多出 not computed', extra.*
  FROM (SELECT * FROM drawn EXCEPT ALL SELECT * FROM chosen) AS extra
UNION ALL
-- columns of this one: stratum; size as counted, as given; quota; cut as computed, as given
SELECT '数量、应抽数或界线 size, quota or cut', coalesce(strata.stratum, quotas.stratum), CAST(strata.size AS text),
    CAST(quotas.size AS text), CAST(quota AS text), strata.cut, quotas.cut
  FROM strata FULL JOIN quotas ON strata.stratum = quotas.stratum
  WHERE quota IS NULL OR quota < 0 OR quota > quotas.size OR quotas.size <> coalesce(strata.size, 0)
    OR quotas.cut <> coalesce(strata.cut, '')
UNION ALL
SELECT '编号重复 an id given twice', min("分层"), CAST(count(*) AS text), '', "编号", '', ''
  FROM subjects GROUP BY "编号" HAVING count(*) > 1;

ROLLBACK;
