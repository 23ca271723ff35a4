CREATE TABLE "payment_run_ends" (
	"run" uuid NOT NULL,
	"how" text NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"ended_by" text DEFAULT session_user NOT NULL,
	"reason" text,
	CONSTRAINT "payment_run_ends_run_how_pk" PRIMARY KEY("run","how")
);
--> statement-breakpoint
CREATE TABLE "payment_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"prefecture" text NOT NULL,
	"incident" text NOT NULL,
	"version" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"input" text NOT NULL,
	"input_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"run" uuid NOT NULL,
	"line" bigint NOT NULL,
	"reference" text NOT NULL,
	CONSTRAINT "payments_run_line_pk" PRIMARY KEY("run","line")
);
--> statement-breakpoint
ALTER TABLE "current_versions" ALTER COLUMN "version" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "payment_run_ends" ADD CONSTRAINT "payment_run_ends_run_payment_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."payment_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_runs" ADD CONSTRAINT "payment_runs_version_rule_set_versions_version_fk" FOREIGN KEY ("version") REFERENCES "public"."rule_set_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_run_payment_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."payment_runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_runs_by_rule_set" ON "payment_runs" USING btree ("prefecture","incident");--> statement-breakpoint
CREATE INDEX "payments_by_reference" ON "payments" USING btree ("reference");--> statement-breakpoint
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "payment_runs" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "payment_runs" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "payments" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "payments" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON "payment_run_ends" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "payment_run_ends" FOR EACH STATEMENT EXECUTE FUNCTION hosho_refuse();--> statement-breakpoint
GRANT SELECT ON "payment_runs", "payments", "payment_run_ends" TO hosho_auditor, hosho_service, hosho_eraser;--> statement-breakpoint
GRANT INSERT ON "payment_runs", "payments", "payment_run_ends" TO hosho_service;
