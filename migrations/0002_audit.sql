-- Roles, which all databases of a server share. The login that a service uses is made a member of hosho_service and of nothing
-- else; a program that is run as the owner takes these roles on by itself.
DO $$
DECLARE
	wanted text;
	member text;
BEGIN
	-- Where another database of this server is quicker, that is as good.
	FOREACH wanted IN ARRAY ARRAY['hosho_auditor', 'hosho_service', 'hosho_eraser'] LOOP
		BEGIN
			IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
				EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
			END IF;
		EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
		END;
	END LOOP;
	FOR wanted, member IN VALUES
		('hosho_auditor', 'hosho_service'), ('hosho_auditor', 'hosho_eraser'),
		('hosho_auditor', current_user), ('hosho_service', current_user), ('hosho_eraser', current_user)
	LOOP
		BEGIN
			IF NOT pg_has_role(member, wanted, 'member') THEN
				EXECUTE format('GRANT %I TO %I', wanted, member);
			END IF;
		EXCEPTION WHEN unique_violation OR internal_error THEN NULL;
		END;
	END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
	RAISE EXCEPTION 'the roles of the log are missing, and % may not create them', current_user USING
		HINT = 'As a superuser: CREATE ROLE hosho_auditor NOLOGIN; CREATE ROLE hosho_service NOLOGIN IN ROLE hosho_auditor; '
			'CREATE ROLE hosho_eraser NOLOGIN IN ROLE hosho_auditor; GRANT hosho_auditor, hosho_service, hosho_eraser TO '
			|| quote_ident(current_user);
END $$;
--> statement-breakpoint
ALTER TABLE "rule_set_versions" ADD COLUMN "authored_at" text;
--> statement-breakpoint
CREATE TABLE "current_versions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "current_versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"prefecture" text NOT NULL,
	"incident" text NOT NULL,
	"version" text NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "current_versions" ADD CONSTRAINT "current_versions_version_rule_set_versions_version_fk" FOREIGN KEY ("version") REFERENCES "public"."rule_set_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "current_versions_by_rule_set" ON "current_versions" USING btree ("prefecture","incident","since");--> statement-breakpoint
-- As far as it is known of what was loaded before.
INSERT INTO "current_versions" ("prefecture", "incident", "version", "since")
	SELECT "prefecture", "incident", "version", "first_loaded_at" FROM "rule_set_versions" ORDER BY "first_loaded_at";
--> statement-breakpoint
CREATE TABLE "erasures" (
	"decision_id" uuid PRIMARY KEY NOT NULL,
	"erased_at" timestamp with time zone NOT NULL,
	"erased_by" text DEFAULT session_user NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "archived_months" (
	"month" date PRIMARY KEY NOT NULL,
	"archived_at" timestamp with time zone NOT NULL,
	"chains" json NOT NULL
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ALTER COLUMN "request_hash" DROP NOT NULL;--> statement-breakpoint
-- The log anew, by month. What was logged before is moved into it at the end.
ALTER TABLE "decisions" RENAME TO "decisions_before";--> statement-breakpoint
ALTER INDEX "decisions_pkey" RENAME TO "decisions_before_pkey";--> statement-breakpoint
DROP INDEX "decisions_by_rule_set";--> statement-breakpoint
DROP INDEX "decisions_by_reference";--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" uuid NOT NULL,
	"prefecture" text NOT NULL,
	"incident" text NOT NULL,
	"version" text NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone NOT NULL,
	"reference" text,
	"outcome" text NOT NULL,
	"categories" text[] NOT NULL,
	"facts" json,
	"answer" json,
	"salt" bytea,
	"engine_version" text NOT NULL,
	"chain" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"facts_hash" bytea NOT NULL,
	"answer_hash" bytea NOT NULL,
	"previous" bytea NOT NULL,
	"hash" bytea NOT NULL,
	CONSTRAINT "decisions_id_decided_at_pk" PRIMARY KEY("id","decided_at"),
	CONSTRAINT "decisions_whole_or_erased" CHECK (num_nulls("decisions"."facts", "decisions"."answer", "decisions"."salt") in (0, 3))
) PARTITION BY RANGE ("decided_at");
--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_version_rule_set_versions_version_fk" FOREIGN KEY ("version") REFERENCES "public"."rule_set_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_by_rule_set" ON "decisions" USING btree ("prefecture","incident","id");--> statement-breakpoint
CREATE INDEX "decisions_by_reference" ON "decisions" USING btree ("reference") WHERE "decisions"."reference" is not null;--> statement-breakpoint
-- As in migration 1; the partitions take it over.
DO $$ BEGIN
	IF (SELECT 'lz4' = ANY(enumvals) FROM pg_settings WHERE name = 'default_toast_compression') THEN
		ALTER TABLE "decisions" ALTER COLUMN "facts" SET COMPRESSION lz4, ALTER COLUMN "answer" SET COMPRESSION lz4;
	ELSE
		ALTER TABLE "decisions" ALTER COLUMN "facts" SET STORAGE EXTERNAL, ALTER COLUMN "answer" SET STORAGE EXTERNAL;
	END IF;
END $$;
--> statement-breakpoint
CREATE FUNCTION hosho_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
-- The only change that a decision may see: what an erasure on record takes away.
CREATE FUNCTION hosho_refuse_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	kept record := OLD;
BEGIN
	kept.facts := NULL;
	kept.answer := NULL;
	kept.salt := NULL;
	IF to_jsonb(NEW) IS DISTINCT FROM to_jsonb(kept) OR NOT EXISTS (SELECT FROM public.erasures WHERE decision_id = OLD.id) THEN
		RAISE EXCEPTION 'decisions is append-only: UPDATE refused' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
-- Where a version gets the commit that it was not in when it was first loaded.
CREATE FUNCTION hosho_refuse_but_commit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	kept record := OLD;
BEGIN
	kept.commit := NEW.commit;
	kept.authored_at := NEW.authored_at;
	IF OLD.commit IS NOT NULL OR NEW IS DISTINCT FROM kept THEN
		RAISE EXCEPTION 'rule_set_versions is append-only: UPDATE refused' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER refuse_update BEFORE UPDATE ON "decisions" FOR EACH ROW EXECUTE FUNCTION hosho_refuse_but_erasure();--> statement-breakpoint
CREATE TRIGGER refuse_delete BEFORE DELETE ON "decisions" FOR EACH ROW EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "decisions" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_update BEFORE UPDATE ON "rule_set_versions" FOR EACH ROW EXECUTE FUNCTION hosho_refuse_but_commit();--> statement-breakpoint
CREATE TRIGGER refuse_delete BEFORE DELETE ON "rule_set_versions" FOR EACH ROW EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "rule_set_versions" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "current_versions" FOR EACH ROW EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "current_versions" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "erasures" FOR EACH ROW EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "erasures" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
-- Makes the partition of a month, of which any day may be given; nothing where it is there. Attached and not created in
-- place, because that stops neither readers nor writers.
CREATE FUNCTION hosho_add_month(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	first date := date_trunc('month', day);
	partition text := 'decisions_' || to_char(first, 'YYYY_MM');
	from_text text := to_char(first, 'YYYY-MM-DD') || ' 00:00:00+09';
	to_text text := to_char(first + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+09';
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('hosho_add_month'));
	IF EXISTS (SELECT FROM archived_months WHERE month = first) THEN
		RAISE EXCEPTION 'the decisions of % were archived: nothing more can be logged in that month', to_char(first, 'YYYY-MM')
			USING ERRCODE = 'restrict_violation';
	END IF;
	IF to_regclass(quote_ident(partition)) IS NOT NULL THEN
		RETURN;
	END IF;
	EXECUTE format('CREATE TABLE %I (LIKE decisions INCLUDING ALL)', partition);
	EXECUTE format('CREATE UNIQUE INDEX ON %I (chain, seq)', partition);
	EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse()', partition);
	EXECUTE format('ALTER TABLE decisions ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition, from_text, to_text);
END $$;
--> statement-breakpoint
-- The hash that a row has to have (src/decisions/seal.ts says the same): sha256 of its content in the canonical JSON of RFC 8785.
CREATE FUNCTION hosho_hash(d decisions) RETURNS bytea LANGUAGE sql STABLE AS $$
	SELECT sha256(convert_to(
		'{"answerHash":' || to_json(encode(d.answer_hash, 'hex'))
		|| ',"asOf":' || to_json(to_char(d.as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
		|| ',"categories":' || array_to_json(d.categories)
		|| ',"chain":' || to_json(d.chain)
		|| ',"decidedAt":' || to_json(to_char(d.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
		|| ',"engineVersion":' || to_json(d.engine_version)
		|| ',"factsHash":' || to_json(encode(d.facts_hash, 'hex'))
		|| ',"id":' || to_json(d.id)
		|| ',"incident":' || to_json(d.incident)
		|| ',"outcome":' || to_json(d.outcome)
		|| ',"prefecture":' || to_json(d.prefecture)
		|| ',"previous":' || to_json(encode(d.previous, 'hex'))
		|| ',"reference":' || coalesce(to_json(d.reference)::text, 'null')
		|| ',"seq":' || d.seq
		|| ',"version":' || to_json(d.version) || '}', 'UTF8'))
$$;
--> statement-breakpoint
-- What was logged before there were chains: one chain for each month, in the order of the ids.
DO $$
DECLARE
	one record;
	made decisions;
	last_month text := '';
BEGIN
	FOR one IN SELECT *, to_char(decided_at AT TIME ZONE 'UTC' + interval '9 hours', 'YYYY-MM') AS month
		FROM decisions_before ORDER BY month, id
	LOOP
		IF one.month <> last_month THEN
			PERFORM hosho_add_month((one.month || '-01')::date);
			made.chain := gen_random_uuid();
			made.seq := 0;
			made.hash := decode(repeat('00', 32), 'hex');
			last_month := one.month;
		END IF;
		made.id := one.id;
		made.prefecture := one.prefecture;
		made.incident := one.incident;
		made.version := one.version;
		made.as_of := one.as_of;
		made.decided_at := one.decided_at;
		made.reference := one.reference;
		BEGIN
			made.outcome := coalesce(one.answer ->> 'outcome', '');
			made.categories := CASE json_typeof(one.answer -> 'categories')
				WHEN 'array' THEN ARRAY(SELECT category ->> 'id' FROM json_array_elements(one.answer -> 'categories') AS category)
				ELSE '{}' END;
		EXCEPTION WHEN OTHERS THEN
			-- U+0000 in some text: Postgres keeps such JSON, but cannot look into it.
			made.outcome := '';
			made.categories := '{}';
		END;
		made.facts := one.facts;
		made.answer := one.answer;
		made.salt := uuid_send(gen_random_uuid());
		made.engine_version := one.engine_version;
		made.seq := made.seq + 1;
		made.facts_hash := sha256(convert_to(encode(made.salt, 'hex') || made.facts::text, 'UTF8'));
		made.answer_hash := sha256(convert_to(encode(made.salt, 'hex') || made.answer::text, 'UTF8'));
		made.previous := made.hash;
		made.hash := hosho_hash(made);
		INSERT INTO decisions SELECT made.*;
	END LOOP;
END $$;
--> statement-breakpoint
DROP TABLE "decisions_before";--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION hosho_add_month(date) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION hosho_add_month(date) TO hosho_service;--> statement-breakpoint
GRANT USAGE ON SCHEMA "public", "drizzle" TO hosho_auditor, hosho_service, hosho_eraser;--> statement-breakpoint
GRANT SELECT ON "drizzle"."__drizzle_migrations" TO hosho_auditor, hosho_service, hosho_eraser;--> statement-breakpoint
GRANT SELECT ON "rule_set_versions", "current_versions", "decisions", "erasures", "archived_months", "idempotency_keys" TO hosho_auditor, hosho_service, hosho_eraser;--> statement-breakpoint
GRANT INSERT ON "rule_set_versions", "current_versions", "decisions", "idempotency_keys" TO hosho_service;--> statement-breakpoint
GRANT UPDATE ("commit", "authored_at") ON "rule_set_versions" TO hosho_service;--> statement-breakpoint
GRANT INSERT ON "erasures" TO hosho_eraser;--> statement-breakpoint
GRANT UPDATE ("facts", "answer", "salt") ON "decisions" TO hosho_eraser;--> statement-breakpoint
GRANT UPDATE ("request_hash") ON "idempotency_keys" TO hosho_eraser;
