CREATE TABLE "decisions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"prefecture" text NOT NULL,
	"incident" text NOT NULL,
	"version" text NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"reference" text,
	"facts" json NOT NULL,
	"answer" json NOT NULL,
	"engine_version" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"request_hash" text NOT NULL,
	"decision_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_set_versions" (
	"version" text PRIMARY KEY NOT NULL,
	"prefecture" text NOT NULL,
	"incident" text NOT NULL,
	"rule_text" text NOT NULL,
	"vocabulary_text" text NOT NULL,
	"commit" text,
	"first_loaded_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_version_rule_set_versions_version_fk" FOREIGN KEY ("version") REFERENCES "public"."rule_set_versions"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "decisions_by_rule_set" ON "decisions" USING btree ("prefecture","incident","decided_at");--> statement-breakpoint
CREATE INDEX "decisions_by_reference" ON "decisions" USING btree ("reference") WHERE "decisions"."reference" is not null;--> statement-breakpoint
CREATE INDEX "rule_set_versions_by_rule_set" ON "rule_set_versions" USING btree ("prefecture","incident");