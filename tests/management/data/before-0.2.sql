-- A database that commit cc60082 made, the last one with migrations newsreader 0001-0005 and annotations 0001-0006:
-- three people, three articles, three revisions of one, highlights with tags and notes, one of them deleted, placements,
-- a desk with pins, a saved search, an export, a reading. The rows of the search index are those which that commit wrote.
BEGIN;
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (1,'contenttypes','0001_initial','2026-11-28 13:11:29.458930');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (2,'auth','0001_initial','2026-11-28 13:11:29.567622');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (3,'account','0001_initial','2026-11-28 13:11:29.650987');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (4,'account','0002_email_max_length','2026-11-28 13:11:29.693086');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (5,'account','0003_alter_emailaddress_create_unique_verified_email','2026-11-28 13:11:29.742630');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (6,'account','0004_alter_emailaddress_drop_unique_email','2026-11-28 13:11:29.779291');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (7,'account','0005_emailaddress_idx_upper_email','2026-11-28 13:11:29.806840');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (8,'account','0006_emailaddress_lower','2026-11-28 13:11:29.851878');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (9,'account','0007_emailaddress_idx_email','2026-11-28 13:11:29.925779');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (10,'account','0008_emailaddress_unique_primary_email_fixup','2026-11-28 13:11:29.999774');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (11,'account','0009_emailaddress_unique_primary_email','2026-11-28 13:11:30.083501');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (12,'admin','0001_initial','2026-11-28 13:11:30.142371');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (13,'admin','0002_logentry_remove_auto_add','2026-11-28 13:11:30.193519');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (14,'admin','0003_logentry_add_action_flag_choices','2026-11-28 13:11:30.208542');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (15,'newsreader','0001_initial','2026-11-28 13:11:30.340717');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (16,'newsreader','0002_changed_words','2026-11-28 13:11:30.497668');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (17,'newsreader','0003_count_changed_words','2026-11-28 13:11:30.551254');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (18,'newsreader','0004_article_entry','2026-11-28 13:11:30.653443');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (19,'annotations','0001_initial','2026-11-28 13:11:31.237404');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (20,'annotations','0002_placement','2026-11-28 13:11:31.300597');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (21,'annotations','0003_place_on_later_texts','2026-11-28 13:11:31.351682');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (22,'annotations','0004_desk','2026-11-28 13:11:31.526588');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (23,'annotations','0005_highlight_entry','2026-11-28 13:11:31.706750');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (24,'annotations','0006_export','2026-11-28 13:11:31.789095');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (25,'contenttypes','0002_remove_content_type_name','2026-11-28 13:11:31.927349');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (26,'auth','0002_alter_permission_name_max_length','2026-11-28 13:11:32.010091');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (27,'auth','0003_alter_user_email_max_length','2026-11-28 13:11:32.068857');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (28,'auth','0004_alter_user_username_opts','2026-11-28 13:11:32.137345');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (29,'auth','0005_alter_user_last_login_null','2026-11-28 13:11:32.201038');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (30,'auth','0006_require_contenttypes_0002','2026-11-28 13:11:32.221109');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (31,'auth','0007_alter_validators_add_error_messages','2026-11-28 13:11:32.275570');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (32,'auth','0008_alter_user_username_max_length','2026-11-28 13:11:32.339613');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (33,'auth','0009_alter_user_last_name_max_length','2026-11-28 13:11:32.400844');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (34,'auth','0010_alter_group_name_max_length','2026-11-28 13:11:32.685590');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (35,'auth','0011_update_proxy_permissions','2026-11-28 13:11:32.747741');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (36,'auth','0012_alter_user_first_name_max_length','2026-11-28 13:11:32.988684');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (37,'newsreader','0005_saved_search','2026-11-28 13:11:33.276842');
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES (38,'sessions','0001_initial','2026-11-28 13:11:33.330714');
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL);
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE TABLE "newsreader_source" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL UNIQUE, "slug" varchar(80) NOT NULL UNIQUE, "host" varchar(253) NOT NULL, "about" text NOT NULL);
INSERT INTO "newsreader_source" ("id", "name", "slug", "host", "about") VALUES (1,'The Quay','the-quay','example.org','');
INSERT INTO "newsreader_source" ("id", "name", "slug", "host", "about") VALUES (2,'Der Kai','der-kai','','');
CREATE TABLE "newsreader_preferences" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "theme" varchar(8) NOT NULL, "font" varchar(8) NOT NULL, "size" varchar(8) NOT NULL, "measure" varchar(8) NOT NULL, "leading" varchar(8) NOT NULL, "keys" bool NOT NULL, "user_id" integer NOT NULL UNIQUE REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "newsreader_preferences" ("id", "theme", "font", "size", "measure", "leading", "keys", "user_id") VALUES (1,'sepia','','','','',0,1);
CREATE TABLE "newsreader_article" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "slug" varchar(80) NOT NULL UNIQUE, "title" varchar(300) NOT NULL, "standfirst" varchar(500) NOT NULL, "byline" varchar(200) NOT NULL, "url" varchar(2000) NOT NULL, "language" varchar(35) NOT NULL, "direction" varchar(3) NOT NULL, "published_at" datetime NULL, "status" varchar(10) NOT NULL, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "excerpt" varchar(320) NOT NULL, "words" integer unsigned NOT NULL CHECK ("words" >= 0), "minutes" integer unsigned NOT NULL CHECK ("minutes" >= 0), "length" integer unsigned NOT NULL CHECK ("length" >= 0), "added_at" datetime NOT NULL, "dated_at" datetime NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "source_id" bigint NOT NULL REFERENCES "newsreader_source" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "newsreader_article" ("id", "slug", "title", "standfirst", "byline", "url", "language", "direction", "published_at", "status", "revision", "excerpt", "words", "minutes", "length", "added_at", "dated_at", "version", "source_id") VALUES (1,'harbour-reopens','Harbour reopens','','Ada Berg','https://example.org/harbour','en','ltr','2026-11-18 09:30:00','published',3,'The harbour of Brevik reopened on Monday after the storm. Ferries run again, at half speed. What was lost A crane stood still, the mayor said: “We will rebuild them both.” Nobody was hurt. One crane stood on the north pier. The other was being painted. Naïve figures, 17 million in all, came from…',60,1,325,'2026-11-28 13:11:38.019224','2026-11-18 09:30:00',3,1);
INSERT INTO "newsreader_article" ("id", "slug", "title", "standfirst", "byline", "url", "language", "direction", "published_at", "status", "revision", "excerpt", "words", "minutes", "length", "added_at", "dated_at", "version", "source_id") VALUES (2,'hafen-wieder-offen','Hafen wieder offen','','','','de','ltr','2026-11-18 09:30:00','published',1,'Der Hafen von Brevik ist wieder offen. Die Fähren fahren langsam.',11,1,65,'2026-11-28 13:11:38.062435','2026-11-18 09:30:00',1,2);
INSERT INTO "newsreader_article" ("id", "slug", "title", "standfirst", "byline", "url", "language", "direction", "published_at", "status", "revision", "excerpt", "words", "minutes", "length", "added_at", "dated_at", "version", "source_id") VALUES (3,'the-bill','The bill','','','','en','ltr','2026-11-18 09:30:00','draft',1,'Insurers count what the storm took.',6,1,35,'2026-11-28 13:11:38.079898','2026-11-18 09:30:00',1,1);
CREATE TABLE "newsreader_reading" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "read_at" datetime NULL, "saved_at" datetime NULL, "article_id" bigint NOT NULL REFERENCES "newsreader_article" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "reading_once" UNIQUE ("user_id", "article_id"));
INSERT INTO "newsreader_reading" ("id", "revision", "read_at", "saved_at", "article_id", "user_id") VALUES (1,2,'2026-11-28 13:11:38.424758','2026-11-28 13:11:38.424764',1,1);
CREATE TABLE "newsreader_revision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "html" text NOT NULL, "text" text NOT NULL, "blocks" text NOT NULL CHECK ((JSON_VALID("blocks") OR "blocks" IS NULL)), "digest" varchar(64) NOT NULL, "reason" varchar(12) NOT NULL, "created_at" datetime NOT NULL, "article_id" bigint NOT NULL REFERENCES "newsreader_article" ("id") DEFERRABLE INITIALLY DEFERRED, "created_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "gained" integer unsigned NOT NULL CHECK ("gained" >= 0), "lost" integer unsigned NOT NULL CHECK ("lost" >= 0), CONSTRAINT "revision_number" UNIQUE ("article_id", "number"));
INSERT INTO "newsreader_revision" ("id", "number", "html", "text", "blocks", "digest", "reason", "created_at", "article_id", "created_by_id", "gained", "lost") VALUES (1,1,'<p id="p1">The harbour of Brevik reopened on Monday after the storm. Ferries run again, slowly.</p>
<h2 id="p2">What was lost</h2>
<p id="p3">Two cranes fell, the mayor said: “We will <em>rebuild</em> them both.” Nobody was hurt.</p>
<ul id="p4">
<li>One crane stood on the north pier.</li>
<li>The other was being painted.</li>
</ul>
<p id="p5">Naïve figures, 12 million in all, came from the <a href="https://example.org/port">port</a> &amp; its insurers. 🚢</p>','The harbour of Brevik reopened on Monday after the storm. Ferries run again, slowly.
What was lost
Two cranes fell, the mayor said: “We will rebuild them both.” Nobody was hurt.

One crane stood on the north pier.
The other was being painted.

Naïve figures, 12 million in all, came from the port & its insurers. 🚢','[[0, 0], [100, 85], [131, 99], [234, 178], [335, 244]]','57660a20fd77683f82b6dcf553a88d4b0ddaf8f1d6661c2894d3285a38a5246b','imported','2026-11-28 13:11:38.026449',1,3,0,0);
INSERT INTO "newsreader_revision" ("id", "number", "html", "text", "blocks", "digest", "reason", "created_at", "article_id", "created_by_id", "gained", "lost") VALUES (2,1,'<p id="p1">Der Hafen von Brevik ist wieder offen. Die Fähren fahren langsam.</p>','Der Hafen von Brevik ist wieder offen. Die Fähren fahren langsam.','[[0, 0]]','531417936af77169832638c291a6b54bbd28c17bc61ea649c00e21dd8c423684','imported','2026-11-28 13:11:38.069142',2,3,0,0);
INSERT INTO "newsreader_revision" ("id", "number", "html", "text", "blocks", "digest", "reason", "created_at", "article_id", "created_by_id", "gained", "lost") VALUES (3,1,'<p id="p1">Insurers count what the storm took.</p>','Insurers count what the storm took.','[[0, 0]]','104b5138f93666023511c7185ae6054937a2f6bc377eb5c144d0b4f975b58251','imported','2026-11-28 13:11:38.089462',3,3,0,0);
INSERT INTO "newsreader_revision" ("id", "number", "html", "text", "blocks", "digest", "reason", "created_at", "article_id", "created_by_id", "gained", "lost") VALUES (4,2,'<p id="p1">The harbour of Brevik reopened on Monday after the storm. Ferries run again, slowly.</p>
<h2 id="p2">What was lost</h2>
<p id="p3">A crane stood still, the mayor said: “We will <em>rebuild</em> them both.” Nobody was hurt.</p>
<ul id="p4">
<li>One crane stood on the north pier.</li>
<li>The other was being painted.</li>
</ul>
<p id="p5">Naïve figures, 17 million in all, came from the <a href="https://example.org/port">port</a> &amp; its insurers. 🚢</p>','The harbour of Brevik reopened on Monday after the storm. Ferries run again, slowly.
What was lost
A crane stood still, the mayor said: “We will rebuild them both.” Nobody was hurt.

One crane stood on the north pier.
The other was being painted.

Naïve figures, 17 million in all, came from the port & its insurers. 🚢','[[0, 0], [100, 85], [131, 99], [238, 182], [339, 248]]','b546f710ef0e5e79be7d9dea59828dabbf170565418cd6f4de631aabb3aa2fc6','corrected','2026-11-28 13:11:38.235302',1,3,5,4);
INSERT INTO "newsreader_revision" ("id", "number", "html", "text", "blocks", "digest", "reason", "created_at", "article_id", "created_by_id", "gained", "lost") VALUES (5,3,'<p id="p1">The harbour of Brevik reopened on Monday after the storm. Ferries run again, at half speed.</p>
<h2 id="p2">What was lost</h2>
<p id="p3">A crane stood still, the mayor said: “We will <em>rebuild</em> them both.” Nobody was hurt.</p>
<ul id="p4">
<li>One crane stood on the north pier.</li>
<li>The other was being painted.</li>
</ul>
<p id="p5">Naïve figures, 17 million in all, came from the <a href="https://example.org/port">port</a> &amp; its insurers. 🚢</p>','The harbour of Brevik reopened on Monday after the storm. Ferries run again, at half speed.
What was lost
A crane stood still, the mayor said: “We will rebuild them both.” Nobody was hurt.

One crane stood on the north pier.
The other was being painted.

Naïve figures, 17 million in all, came from the port & its insurers. 🚢','[[0, 0], [107, 92], [138, 106], [245, 189], [346, 255]]','7469b7405a7cc6cb026d6f5f6c9b9af516b9084ce4a9cb74d379a857bf4b368f','corrected','2026-11-28 13:11:38.267267',1,3,3,1);
CREATE VIRTUAL TABLE newsreader_articleentry USING fts5(words UNINDEXED, title, byline, source, body, stems, tokenize='ascii', prefix='2 3');
INSERT INTO newsreader_articleentry(newsreader_articleentry, rank) VALUES ('rank', 'bm25(0.0, 8, 4, 4, 1, 1.0)');
INSERT INTO "newsreader_articleentry" ("rowid", "words", "title", "byline", "source", "body", "stems") VALUES (1,NULL,'harbour reopens','ada berg','the quay','the harbour of brevik reopened on monday after the storm ferries run again at half speed what was lost a crane stood still the mayor said we will rebuild them both nobody was hurt one crane stood on the north pier the other was being painted naive figures 17 million in all came from the port its insurers','·en·harbour ·en·reopen ·en·the ·en·harbour ·en·of ·en·brevik ·en·reopen ·en·on ·en·monday ·en·after ·en·the ·en·storm ·en·ferri ·en·run ·en·again ·en·at ·en·half ·en·speed ·en·what ·en·was ·en·lost ·en·a ·en·crane ·en·stood ·en·still ·en·the ·en·mayor ·en·said ·en·we ·en·will ·en·rebuild ·en·them ·en·both ·en·nobodi ·en·was ·en·hurt ·en·one ·en·crane ·en·stood ·en·on ·en·the ·en·north ·en·pier ·en·the ·en·other ·en·was ·en·be ·en·paint ·en·naiv ·en·figur ·en·17 ·en·million ·en·in ·en·all ·en·came ·en·from ·en·the ·en·port ·en·it ·en·insur');
INSERT INTO "newsreader_articleentry" ("rowid", "words", "title", "byline", "source", "body", "stems") VALUES (2,NULL,'hafen wieder offen','','der kai','der hafen von brevik ist wieder offen die fahren fahren langsam','·de·haf ·de·wied ·de·off ·de·der ·de·haf ·de·von ·de·brevik ·de·ist ·de·wied ·de·off ·de·die ·de·fahr ·de·fahr ·de·langsam');
INSERT INTO "newsreader_articleentry" ("rowid", "words", "title", "byline", "source", "body", "stems") VALUES (3,NULL,'the bill','','the quay','insurers count what the storm took','·en·the ·en·bill ·en·insur ·en·count ·en·what ·en·the ·en·storm ·en·took');
CREATE TABLE "annotations_project" ("id" char(32) NOT NULL PRIMARY KEY, "name" varchar(120) NOT NULL, "slug" varchar(80) NOT NULL UNIQUE, "about" text NOT NULL, "public" bool NOT NULL, "personal" bool NOT NULL, "created_at" datetime NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "codebook" integer unsigned NOT NULL CHECK ("codebook" >= 0));
INSERT INTO "annotations_project" ("id", "name", "slug", "about", "public", "personal", "created_at", "version", "codebook") VALUES ('01a222485eef7a33a7247cef6fa2e1dc','alice’s reading','alice-s-reading-a2e1dc','',0,1,'2026-11-28 13:11:37.967299',1,1);
INSERT INTO "annotations_project" ("id", "name", "slug", "about", "public", "personal", "created_at", "version", "codebook") VALUES ('01a222485efa7741b53d92ae32e5df89','bob’s reading','bob-s-reading-e5df89','',0,1,'2026-11-28 13:11:37.978402',1,1);
INSERT INTO "annotations_project" ("id", "name", "slug", "about", "public", "personal", "created_at", "version", "codebook") VALUES ('01a222485f0378f9bf90c23db3a3ab28','curator’s reading','curator-s-reading-a3ab28','',0,1,'2026-11-28 13:11:37.987803',1,1);
INSERT INTO "annotations_project" ("id", "name", "slug", "about", "public", "personal", "created_at", "version", "codebook") VALUES ('01a222485f74790eb6065e120fcfa692','Harbour study','harbour-study','Who says what of the storm.',1,0,'2026-11-28 13:11:38.101374',19,9);
CREATE TABLE "annotations_tag" ("id" char(32) NOT NULL PRIMARY KEY, "name" varchar(90) NOT NULL, "definition" text NOT NULL, "use_for" text NOT NULL, "not_for" text NOT NULL, "colour" smallint unsigned NOT NULL CHECK ("colour" >= 0), "position" integer unsigned NOT NULL CHECK ("position" >= 0), "status" varchar(8) NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "parent_id" char(32) NULL REFERENCES "annotations_tag" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" char(32) NOT NULL REFERENCES "annotations_project" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "annotations_tag" ("id", "name", "definition", "use_for", "not_for", "colour", "position", "status", "version", "parent_id", "project_id") VALUES ('01a222485f83743e90113e061818458c','cost','','','',1,0,'active',1,NULL,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_tag" ("id", "name", "definition", "use_for", "not_for", "colour", "position", "status", "version", "parent_id", "project_id") VALUES ('01a222485f8a74d2a0df2a38e0561ca9','damage','','','',2,1,'active',1,NULL,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_tag" ("id", "name", "definition", "use_for", "not_for", "colour", "position", "status", "version", "parent_id", "project_id") VALUES ('01a222485fa1743fa7ab46918d4b4ffb','calm','Nobody was hurt.','','',3,2,'retired',1,'01a222485f8a74d2a0df2a38e0561ca9','01a222485f74790eb6065e120fcfa692');
CREATE TABLE "annotations_membership" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(8) NOT NULL, "used_at" datetime NOT NULL, "recent" text NOT NULL CHECK ((JSON_VALID("recent") OR "recent" IS NULL)), "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" char(32) NOT NULL REFERENCES "annotations_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "membership_once" UNIQUE ("project_id", "user_id"));
INSERT INTO "annotations_membership" ("id", "role", "used_at", "recent", "user_id", "project_id") VALUES (1,'owner','2026-11-28 13:11:33.650922','[]',1,'01a222485eef7a33a7247cef6fa2e1dc');
INSERT INTO "annotations_membership" ("id", "role", "used_at", "recent", "user_id", "project_id") VALUES (2,'owner','2026-11-28 13:11:35.255086','[]',2,'01a222485efa7741b53d92ae32e5df89');
INSERT INTO "annotations_membership" ("id", "role", "used_at", "recent", "user_id", "project_id") VALUES (3,'owner','2026-11-28 13:11:36.648829','[]',3,'01a222485f0378f9bf90c23db3a3ab28');
INSERT INTO "annotations_membership" ("id", "role", "used_at", "recent", "user_id", "project_id") VALUES (4,'owner','2026-11-28 13:11:38.101569','["01a222485fa1743fa7ab46918d4b4ffb"]',1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_membership" ("id", "role", "used_at", "recent", "user_id", "project_id") VALUES (5,'coder','2026-11-28 13:11:38.112903','[]',2,'01a222485f74790eb6065e120fcfa692');
CREATE TABLE "annotations_event" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verb" varchar(24) NOT NULL, "subject" char(32) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "at" datetime NOT NULL, "actor_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "article_id" bigint NULL REFERENCES "newsreader_article" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" char(32) NOT NULL REFERENCES "annotations_project" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (1,'tag made','01a222485f83743e90113e061818458c','{"name": "cost"}','2026-11-28 13:11:38.116187',1,NULL,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (2,'tag made','01a222485f8a74d2a0df2a38e0561ca9','{"name": "damage"}','2026-11-28 13:11:38.123457',1,NULL,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (3,'tag made','01a222485fa1743fa7ab46918d4b4ffb','{"name": "calm"}','2026-11-28 13:11:38.146513',1,NULL,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (4,'highlight made','01a222485fb27a2b95647a1c8daf713f','{}','2026-11-28 13:11:38.171013',1,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (5,'highlight made','01a222485fc579069ca6dd0ee2aa33f8','{}','2026-11-28 13:11:38.183074',2,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (6,'highlight made','01a222485fd1783d800e7b850cac1b55','{}','2026-11-28 13:11:38.194936',1,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (7,'highlight made','01a222485fda7187aa2a0f8526daf579','{}','2026-11-28 13:11:38.204254',2,2,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (8,'highlight made','01a222485fe97e879e72dd5d0c926b82','{}','2026-11-28 13:11:38.218944',2,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (9,'highlight deleted','01a222485fe97e879e72dd5d0c926b82','{}','2026-11-28 13:11:38.226413',2,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (10,'passages placed','01a222485f74790eb6065e120fcfa692','{"revision": 2, "same": 2, "edited": 1, "gone": 1}','2026-11-28 13:11:38.261297',3,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (11,'passages placed','01a222485f74790eb6065e120fcfa692','{"revision": 3, "edited": 1, "gone": 1, "same": 2}','2026-11-28 13:11:38.300777',3,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (12,'passage kept','01a222485fc579069ca6dd0ee2aa33f8','{"revision": 3, "before": {"decision": "", "start": 270, "end": 287}}','2026-11-28 13:11:38.335349',1,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (13,'highlight made','01a22248606677b683abd24e9fe73a5a','{}','2026-11-28 13:11:38.343570',1,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (14,'desk made','01a22248606d7b9ea55ee84ef971a74d','{"name": "Storm in figures"}','2026-11-28 13:11:38.350051',1,NULL,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (15,'passage pinned','01a22248606d7b9ea55ee84ef971a74d','{"highlight": "01a22248-5fc5-7906-9ca6-dd0ee2aa33f8"}','2026-11-28 13:11:38.361497',1,NULL,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (16,'passage pinned','01a22248606d7b9ea55ee84ef971a74d','{"highlight": "01a22248-5fb2-7a2b-9564-7a1c8daf713f"}','2026-11-28 13:11:38.373292',1,NULL,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (17,'passage remarked on','01a22248606d7b9ea55ee84ef971a74d','{"highlight": "01a22248-5fc5-7906-9ca6-dd0ee2aa33f8", "before": ""}','2026-11-28 13:11:38.382922',1,NULL,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_event" ("id", "verb", "subject", "data", "at", "actor_id", "article_id", "project_id") VALUES (18,'desk edited','01a22248606d7b9ea55ee84ef971a74d','{"before": {"commentary": ""}}','2026-11-28 13:11:38.386097',1,NULL,'01a222485f74790eb6065e120fcfa692');
CREATE TABLE "annotations_highlighttag" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" smallint unsigned NOT NULL CHECK ("position" >= 0), "highlight_id" char(32) NOT NULL REFERENCES "annotations_highlight" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" char(32) NOT NULL REFERENCES "annotations_project" ("id") DEFERRABLE INITIALLY DEFERRED, "tag_id" char(32) NOT NULL REFERENCES "annotations_tag" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "tag_once_on_highlight" UNIQUE ("project_id", "tag_id", "highlight_id"));
INSERT INTO "annotations_highlighttag" ("id", "position", "highlight_id", "project_id", "tag_id") VALUES (1,0,'01a222485fb27a2b95647a1c8daf713f','01a222485f74790eb6065e120fcfa692','01a222485fa1743fa7ab46918d4b4ffb');
INSERT INTO "annotations_highlighttag" ("id", "position", "highlight_id", "project_id", "tag_id") VALUES (2,0,'01a222485fc579069ca6dd0ee2aa33f8','01a222485f74790eb6065e120fcfa692','01a222485f83743e90113e061818458c');
INSERT INTO "annotations_highlighttag" ("id", "position", "highlight_id", "project_id", "tag_id") VALUES (3,1,'01a222485fc579069ca6dd0ee2aa33f8','01a222485f74790eb6065e120fcfa692','01a222485f8a74d2a0df2a38e0561ca9');
INSERT INTO "annotations_highlighttag" ("id", "position", "highlight_id", "project_id", "tag_id") VALUES (4,0,'01a222485fd1783d800e7b850cac1b55','01a222485f74790eb6065e120fcfa692','01a222485f8a74d2a0df2a38e0561ca9');
INSERT INTO "annotations_highlighttag" ("id", "position", "highlight_id", "project_id", "tag_id") VALUES (5,0,'01a222485fda7187aa2a0f8526daf579','01a222485f74790eb6065e120fcfa692','01a222485fa1743fa7ab46918d4b4ffb');
INSERT INTO "annotations_highlighttag" ("id", "position", "highlight_id", "project_id", "tag_id") VALUES (6,0,'01a222485fe97e879e72dd5d0c926b82','01a222485f74790eb6065e120fcfa692','01a222485fa1743fa7ab46918d4b4ffb');
CREATE TABLE "annotations_highlight" ("id" char(32) NOT NULL PRIMARY KEY, "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "exact" text NOT NULL, "prefix" text NOT NULL, "suffix" text NOT NULL, "note" text NOT NULL, "note_html" text NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "deleted_at" datetime NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "article_id" bigint NOT NULL REFERENCES "newsreader_article" ("id") DEFERRABLE INITIALLY DEFERRED, "author_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" bigint NOT NULL REFERENCES "newsreader_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" char(32) NOT NULL REFERENCES "annotations_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "highlight_not_empty" CHECK ("start" < ("end")));
INSERT INTO "annotations_highlight" ("id", "start", "end", "exact", "prefix", "suffix", "note", "note_html", "created_at", "updated_at", "deleted_at", "version", "article_id", "author_id", "revision_id", "project_id") VALUES ('01a222485fb27a2b95647a1c8daf713f',22,40,'reopened on Monday','The harbour of Brevik ',' after the storm. Ferries run','A *first* note about dredging','<p>A <em>first</em> note about dredging</p>','2026-11-28 13:11:38.163484','2026-11-28 13:11:38.169404',NULL,1,1,1,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlight" ("id", "start", "end", "exact", "prefix", "suffix", "note", "note_html", "created_at", "updated_at", "deleted_at", "version", "article_id", "author_id", "revision_id", "project_id") VALUES ('01a222485fc579069ca6dd0ee2aa33f8',259,276,'12 million in all','being painted.

Naïve figures, ',', came from the port & its','','','2026-11-28 13:11:38.181763','2026-11-28 13:11:38.333778',NULL,2,1,2,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlight" ("id", "start", "end", "exact", "prefix", "suffix", "note", "note_html", "created_at", "updated_at", "deleted_at", "version", "article_id", "author_id", "revision_id", "project_id") VALUES ('01a222485fd1783d800e7b850cac1b55',99,114,'Two cranes fell','again, slowly.
What was lost
',', the mayor said: “We will','','','2026-11-28 13:11:38.193784','2026-11-28 13:11:38.193933',NULL,1,1,1,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlight" ("id", "start", "end", "exact", "prefix", "suffix", "note", "note_html", "created_at", "updated_at", "deleted_at", "version", "article_id", "author_id", "revision_id", "project_id") VALUES ('01a222485fda7187aa2a0f8526daf579',39,64,'Die Fähren fahren langsam','von Brevik ist wieder offen. ','.','Zum Vergleich','<p>Zum Vergleich</p>','2026-11-28 13:11:38.203058','2026-11-28 13:11:38.203199',NULL,1,2,2,2,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlight" ("id", "start", "end", "exact", "prefix", "suffix", "note", "note_html", "created_at", "updated_at", "deleted_at", "version", "article_id", "author_id", "revision_id", "project_id") VALUES ('01a222485fe97e879e72dd5d0c926b82',161,176,'Nobody was hurt','“We will rebuild them both.” ','.

One crane stood on the','','','2026-11-28 13:11:38.217817','2026-11-28 13:11:38.225407','2026-11-28 13:11:38.224733',2,1,2,1,'01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlight" ("id", "start", "end", "exact", "prefix", "suffix", "note", "note_html", "created_at", "updated_at", "deleted_at", "version", "article_id", "author_id", "revision_id", "project_id") VALUES ('01a22248606677b683abd24e9fe73a5a',77,90,'at half speed','the storm. Ferries run again, ','.
What was lost
A crane stood','Slower than before','<p>Slower than before</p>','2026-11-28 13:11:38.342527','2026-11-28 13:11:38.342675',NULL,1,1,1,5,'01a222485f74790eb6065e120fcfa692');
CREATE TABLE "annotations_placement" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "origin_start" integer unsigned NOT NULL CHECK ("origin_start" >= 0), "origin_end" integer unsigned NOT NULL CHECK ("origin_end" >= 0), "state" varchar(9) NOT NULL, "material" bool NOT NULL, "start" integer unsigned NULL CHECK ("start" >= 0), "end" integer unsigned NULL CHECK ("end" >= 0), "changes" text NOT NULL CHECK ((JSON_VALID("changes") OR "changes" IS NULL)), "proposals" text NOT NULL CHECK ((JSON_VALID("proposals") OR "proposals" IS NULL)), "decision" varchar(10) NOT NULL, "decided_at" datetime NULL, "open" bool NOT NULL, "decided_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "highlight_id" char(32) NOT NULL REFERENCES "annotations_highlight" ("id") DEFERRABLE INITIALLY DEFERRED, "origin_id" bigint NOT NULL REFERENCES "newsreader_revision" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" char(32) NOT NULL REFERENCES "annotations_project" ("id") DEFERRABLE INITIALLY DEFERRED, "revision_id" bigint NOT NULL REFERENCES "newsreader_revision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "placement_once" UNIQUE ("project_id", "highlight_id", "revision_id"), CONSTRAINT "placement_not_empty" CHECK (("start" < ("end") OR ("end" IS NULL AND "start" IS NULL))));
INSERT INTO "annotations_placement" ("id", "origin_start", "origin_end", "state", "material", "start", "end", "changes", "proposals", "decision", "decided_at", "open", "decided_by_id", "highlight_id", "origin_id", "project_id", "revision_id") VALUES (1,22,40,'same',0,22,40,'[]','[]','',NULL,0,NULL,'01a222485fb27a2b95647a1c8daf713f',1,'01a222485f74790eb6065e120fcfa692',4);
INSERT INTO "annotations_placement" ("id", "origin_start", "origin_end", "state", "material", "start", "end", "changes", "proposals", "decision", "decided_at", "open", "decided_by_id", "highlight_id", "origin_id", "project_id", "revision_id") VALUES (2,259,276,'edited',1,263,280,'[[263, 265, "12", "17"]]','[]','',NULL,0,NULL,'01a222485fc579069ca6dd0ee2aa33f8',1,'01a222485f74790eb6065e120fcfa692',4);
INSERT INTO "annotations_placement" ("id", "origin_start", "origin_end", "state", "material", "start", "end", "changes", "proposals", "decision", "decided_at", "open", "decided_by_id", "highlight_id", "origin_id", "project_id", "revision_id") VALUES (3,99,114,'gone',0,NULL,NULL,'[]','[]','',NULL,0,NULL,'01a222485fd1783d800e7b850cac1b55',1,'01a222485f74790eb6065e120fcfa692',4);
INSERT INTO "annotations_placement" ("id", "origin_start", "origin_end", "state", "material", "start", "end", "changes", "proposals", "decision", "decided_at", "open", "decided_by_id", "highlight_id", "origin_id", "project_id", "revision_id") VALUES (4,161,176,'same',0,165,180,'[]','[]','',NULL,0,NULL,'01a222485fe97e879e72dd5d0c926b82',1,'01a222485f74790eb6065e120fcfa692',4);
INSERT INTO "annotations_placement" ("id", "origin_start", "origin_end", "state", "material", "start", "end", "changes", "proposals", "decision", "decided_at", "open", "decided_by_id", "highlight_id", "origin_id", "project_id", "revision_id") VALUES (5,259,276,'edited',1,270,287,'[[270, 272, "12", "17"]]','[]','kept','2026-11-28 13:11:38.333176',0,1,'01a222485fc579069ca6dd0ee2aa33f8',1,'01a222485f74790eb6065e120fcfa692',5);
INSERT INTO "annotations_placement" ("id", "origin_start", "origin_end", "state", "material", "start", "end", "changes", "proposals", "decision", "decided_at", "open", "decided_by_id", "highlight_id", "origin_id", "project_id", "revision_id") VALUES (6,99,114,'gone',0,NULL,NULL,'[]','[]','',NULL,1,NULL,'01a222485fd1783d800e7b850cac1b55',1,'01a222485f74790eb6065e120fcfa692',5);
INSERT INTO "annotations_placement" ("id", "origin_start", "origin_end", "state", "material", "start", "end", "changes", "proposals", "decision", "decided_at", "open", "decided_by_id", "highlight_id", "origin_id", "project_id", "revision_id") VALUES (7,22,40,'same',0,22,40,'[]','[]','',NULL,0,NULL,'01a222485fb27a2b95647a1c8daf713f',4,'01a222485f74790eb6065e120fcfa692',5);
INSERT INTO "annotations_placement" ("id", "origin_start", "origin_end", "state", "material", "start", "end", "changes", "proposals", "decision", "decided_at", "open", "decided_by_id", "highlight_id", "origin_id", "project_id", "revision_id") VALUES (8,165,180,'same',0,172,187,'[]','[]','',NULL,0,NULL,'01a222485fe97e879e72dd5d0c926b82',4,'01a222485f74790eb6065e120fcfa692',5);
CREATE TABLE "annotations_desk" ("id" char(32) NOT NULL PRIMARY KEY, "name" varchar(120) NOT NULL, "layout" text NOT NULL, "commentary" text NOT NULL, "created_at" datetime NOT NULL, "changed_at" datetime NOT NULL, "version" integer unsigned NOT NULL CHECK ("version" >= 0), "changed_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" char(32) NOT NULL REFERENCES "annotations_project" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "annotations_desk" ("id", "name", "layout", "commentary", "created_at", "changed_at", "version", "changed_by_id", "project_id") VALUES ('01a22248606d7b9ea55ee84ef971a74d','Storm in figures','rows=tag&columns=source','Figures first.','2026-11-28 13:11:38.349133','2026-11-28 13:11:38.385295',5,1,'01a222485f74790eb6065e120fcfa692');
CREATE TABLE "annotations_pin" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "comment" varchar(500) NOT NULL, "desk_id" char(32) NOT NULL REFERENCES "annotations_desk" ("id") DEFERRABLE INITIALLY DEFERRED, "highlight_id" char(32) NOT NULL REFERENCES "annotations_highlight" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" char(32) NOT NULL REFERENCES "annotations_project" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "pin_once" UNIQUE ("project_id", "desk_id", "highlight_id"));
INSERT INTO "annotations_pin" ("id", "position", "comment", "desk_id", "highlight_id", "project_id") VALUES (1,1,'The figure that changed','01a22248606d7b9ea55ee84ef971a74d','01a222485fc579069ca6dd0ee2aa33f8','01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_pin" ("id", "position", "comment", "desk_id", "highlight_id", "project_id") VALUES (2,2,'','01a22248606d7b9ea55ee84ef971a74d','01a222485fb27a2b95647a1c8daf713f','01a222485f74790eb6065e120fcfa692');
CREATE VIRTUAL TABLE annotations_highlightentry USING fts5(words UNINDEXED, highlight UNINDEXED, exact, note, stems, tokenize='ascii', prefix='2 3');
INSERT INTO annotations_highlightentry(annotations_highlightentry, rank) VALUES ('rank', 'bm25(0.0, 0.0, 1, 1, 1.0)');
INSERT INTO "annotations_highlightentry" ("rowid", "words", "highlight", "exact", "note", "stems") VALUES (563534091944695189,NULL,'01a222485fda7187aa2a0f8526daf579','die fahren fahren langsam','zum vergleich','·de·die ·de·fahr ·de·fahr ·de·langsam ·de·zum ·de·vergleich ·01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlightentry" ("rowid", "words", "highlight", "exact", "note", "stems") VALUES (860335585363114287,NULL,'01a222485fb27a2b95647a1c8daf713f','reopened on monday','a first note about dredging','·en·reopen ·en·on ·en·monday ·en·a ·en·first ·en·note ·en·about ·en·dredg ·01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlightentry" ("rowid", "words", "highlight", "exact", "note", "stems") VALUES (6385434890261722047,NULL,'01a22248606677b683abd24e9fe73a5a','at half speed','slower than before','·en·at ·en·half ·en·speed ·en·slower ·en·than ·en·befor ·01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlightentry" ("rowid", "words", "highlight", "exact", "note", "stems") VALUES (6533305139938162827,NULL,'01a222485fc579069ca6dd0ee2aa33f8','12 million in all','','·en·12 ·en·million ·en·in ·en·all  ·01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlightentry" ("rowid", "words", "highlight", "exact", "note", "stems") VALUES (7170395205715763915,NULL,'01a222485fe97e879e72dd5d0c926b82','nobody was hurt','','·en·nobodi ·en·was ·en·hurt  ·01a222485f74790eb6065e120fcfa692');
INSERT INTO "annotations_highlightentry" ("rowid", "words", "highlight", "exact", "note", "stems") VALUES (8897311828976979785,NULL,'01a222485fd1783d800e7b850cac1b55','two cranes fell','','·en·two ·en·crane ·en·fell  ·01a222485f74790eb6065e120fcfa692');
CREATE TABLE "annotations_export" ("id" char(32) NOT NULL PRIMARY KEY, "query" text NOT NULL, "format" varchar(20) NOT NULL, "name" varchar(200) NOT NULL, "total" integer unsigned NOT NULL CHECK ("total" >= 0), "state" varchar(10) NOT NULL, "made_at" datetime NOT NULL, "made_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "project_id" char(32) NOT NULL REFERENCES "annotations_project" ("id") DEFERRABLE INITIALLY DEFERRED);
INSERT INTO "annotations_export" ("id", "query", "format", "name", "total", "state", "made_at", "made_by_id", "project_id") VALUES ('01a2224860a87005b0037e82ffa393bb','tag=cost','csv','passages.csv',5,'done','2026-11-28 13:11:38.408870',1,'01a222485f74790eb6065e120fcfa692');
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (1,'admin','logentry');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (2,'auth','permission');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (3,'auth','group');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (4,'auth','user');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (5,'contenttypes','contenttype');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (6,'sessions','session');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (7,'account','emailaddress');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (8,'account','emailconfirmation');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (9,'newsreader','source');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (10,'newsreader','preferences');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (11,'newsreader','article');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (12,'newsreader','reading');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (13,'newsreader','revision');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (14,'newsreader','articleentry');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (15,'newsreader','savedsearch');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (16,'annotations','project');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (17,'annotations','highlight');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (18,'annotations','tag');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (19,'annotations','highlighttag');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (20,'annotations','membership');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (21,'annotations','event');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (22,'annotations','placement');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (23,'annotations','desk');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (24,'annotations','pin');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (25,'annotations','highlightentry');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES (26,'annotations','export');
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (1,1,'add_logentry','Can add log entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (2,1,'change_logentry','Can change log entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (3,1,'delete_logentry','Can delete log entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (4,1,'view_logentry','Can view log entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (5,2,'add_permission','Can add permission');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (6,2,'change_permission','Can change permission');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (7,2,'delete_permission','Can delete permission');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (8,2,'view_permission','Can view permission');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (9,3,'add_group','Can add group');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (10,3,'change_group','Can change group');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (11,3,'delete_group','Can delete group');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (12,3,'view_group','Can view group');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (13,4,'add_user','Can add user');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (14,4,'change_user','Can change user');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (15,4,'delete_user','Can delete user');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (16,4,'view_user','Can view user');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (17,5,'add_contenttype','Can add content type');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (18,5,'change_contenttype','Can change content type');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (19,5,'delete_contenttype','Can delete content type');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (20,5,'view_contenttype','Can view content type');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (21,6,'add_session','Can add session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (22,6,'change_session','Can change session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (23,6,'delete_session','Can delete session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (24,6,'view_session','Can view session');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (25,7,'add_emailaddress','Can add email address');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (26,7,'change_emailaddress','Can change email address');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (27,7,'delete_emailaddress','Can delete email address');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (28,7,'view_emailaddress','Can view email address');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (29,8,'add_emailconfirmation','Can add email confirmation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (30,8,'change_emailconfirmation','Can change email confirmation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (31,8,'delete_emailconfirmation','Can delete email confirmation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (32,8,'view_emailconfirmation','Can view email confirmation');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (33,9,'add_source','Can add source');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (34,9,'change_source','Can change source');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (35,9,'delete_source','Can delete source');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (36,9,'view_source','Can view source');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (37,10,'add_preferences','Can add preferences');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (38,10,'change_preferences','Can change preferences');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (39,10,'delete_preferences','Can delete preferences');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (40,10,'view_preferences','Can view preferences');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (41,11,'add_article','Can add article');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (42,11,'change_article','Can change article');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (43,11,'delete_article','Can delete article');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (44,11,'view_article','Can view article');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (45,12,'add_reading','Can add reading');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (46,12,'change_reading','Can change reading');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (47,12,'delete_reading','Can delete reading');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (48,12,'view_reading','Can view reading');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (49,13,'add_revision','Can add revision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (50,13,'change_revision','Can change revision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (51,13,'delete_revision','Can delete revision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (52,13,'view_revision','Can view revision');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (53,14,'add_articleentry','Can add article entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (54,14,'change_articleentry','Can change article entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (55,14,'delete_articleentry','Can delete article entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (56,14,'view_articleentry','Can view article entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (57,15,'add_savedsearch','Can add saved search');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (58,15,'change_savedsearch','Can change saved search');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (59,15,'delete_savedsearch','Can delete saved search');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (60,15,'view_savedsearch','Can view saved search');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (61,16,'add_project','Can add project');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (62,16,'change_project','Can change project');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (63,16,'delete_project','Can delete project');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (64,16,'view_project','Can view project');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (65,17,'add_highlight','Can add highlight');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (66,17,'change_highlight','Can change highlight');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (67,17,'delete_highlight','Can delete highlight');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (68,17,'view_highlight','Can view highlight');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (69,18,'add_tag','Can add tag');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (70,18,'change_tag','Can change tag');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (71,18,'delete_tag','Can delete tag');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (72,18,'view_tag','Can view tag');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (73,19,'add_highlighttag','Can add highlight tag');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (74,19,'change_highlighttag','Can change highlight tag');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (75,19,'delete_highlighttag','Can delete highlight tag');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (76,19,'view_highlighttag','Can view highlight tag');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (77,20,'add_membership','Can add membership');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (78,20,'change_membership','Can change membership');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (79,20,'delete_membership','Can delete membership');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (80,20,'view_membership','Can view membership');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (81,21,'add_event','Can add event');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (82,21,'change_event','Can change event');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (83,21,'delete_event','Can delete event');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (84,21,'view_event','Can view event');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (85,22,'add_placement','Can add placement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (86,22,'change_placement','Can change placement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (87,22,'delete_placement','Can delete placement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (88,22,'view_placement','Can view placement');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (89,23,'add_desk','Can add desk');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (90,23,'change_desk','Can change desk');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (91,23,'delete_desk','Can delete desk');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (92,23,'view_desk','Can view desk');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (93,24,'add_pin','Can add pin');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (94,24,'change_pin','Can change pin');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (95,24,'delete_pin','Can delete pin');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (96,24,'view_pin','Can view pin');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (97,25,'add_highlightentry','Can add highlight entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (98,25,'change_highlightentry','Can change highlight entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (99,25,'delete_highlightentry','Can delete highlight entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (100,25,'view_highlightentry','Can view highlight entry');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (101,26,'add_export','Can add export');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (102,26,'change_export','Can change export');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (103,26,'delete_export','Can delete export');
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES (104,26,'view_export','Can view export');
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
INSERT INTO "auth_user" ("id", "password", "last_login", "is_superuser", "username", "last_name", "email", "is_staff", "is_active", "date_joined", "first_name") VALUES (1,'pbkdf2_sha256$1000000$j42PUyHCLL94pOgqqtYH2N$7Pvf39fsxQBOxYz9iJ9tGxTsmSvNTEra2Ck67j3C2XQ=',NULL,0,'alice','','alice@example.org',0,1,'2026-11-28 13:11:33.650922','');
INSERT INTO "auth_user" ("id", "password", "last_login", "is_superuser", "username", "last_name", "email", "is_staff", "is_active", "date_joined", "first_name") VALUES (2,'pbkdf2_sha256$1000000$QN0hMkzzBFlER0aVdpfB2n$NYDll82LghwLdZgoDdHQLJjqUQnyqMrBaCNXhnMuQZ8=',NULL,0,'bob','','bob@example.org',0,1,'2026-11-28 13:11:35.255086','');
INSERT INTO "auth_user" ("id", "password", "last_login", "is_superuser", "username", "last_name", "email", "is_staff", "is_active", "date_joined", "first_name") VALUES (3,'pbkdf2_sha256$1000000$4sAosAVI7Lo17uHRbEJq24$qJCS9ksXBcXjW2ARktNxsZDb3sahq77Xq477U2jHq6s=',NULL,1,'curator','','',1,1,'2026-11-28 13:11:36.648829','');
CREATE TABLE "newsreader_savedsearch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL, "address" varchar(2000) NOT NULL, "made_at" datetime NOT NULL, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "search_name_once" UNIQUE ("user_id", "name"));
INSERT INTO "newsreader_savedsearch" ("id", "name", "address", "made_at", "user_id") VALUES (1,'Cranes','?q=crane&source=the-quay','2026-11-28 13:11:38.391584',1);
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id");
CREATE UNIQUE INDEX "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email");
CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified";
CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");
CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");
CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary";
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE INDEX "article_newest" ON "newsreader_article" ("status", "dated_at" DESC, "id" DESC);
CREATE UNIQUE INDEX "article_url" ON "newsreader_article" ("url") WHERE NOT ("url" = '');
CREATE INDEX "newsreader_source_host_b3d8134f" ON "newsreader_source" ("host");
CREATE INDEX "newsreader_article_dated_at_db371f08" ON "newsreader_article" ("dated_at");
CREATE INDEX "newsreader_article_source_id_1a8f2c8f" ON "newsreader_article" ("source_id");
CREATE INDEX "newsreader_reading_article_id_14daef40" ON "newsreader_reading" ("article_id");
CREATE INDEX "newsreader_reading_user_id_37f179db" ON "newsreader_reading" ("user_id");
CREATE INDEX "newsreader_revision_digest_e09ea6dc" ON "newsreader_revision" ("digest");
CREATE INDEX "newsreader_revision_article_id_1b61d6bd" ON "newsreader_revision" ("article_id");
CREATE INDEX "newsreader_revision_created_by_id_ee249607" ON "newsreader_revision" ("created_by_id");
CREATE INDEX "annotations_tag_parent_id_32636eb0" ON "annotations_tag" ("parent_id");
CREATE INDEX "annotations_tag_project_id_ca5802a7" ON "annotations_tag" ("project_id");
CREATE UNIQUE INDEX "tag_name" ON "annotations_tag" ("project_id", (LOWER("name")));
CREATE INDEX "annotations_membership_user_id_139578ad" ON "annotations_membership" ("user_id");
CREATE INDEX "annotations_membership_project_id_bc8290f2" ON "annotations_membership" ("project_id");
CREATE INDEX "annotations_event_actor_id_ce2cfa2f" ON "annotations_event" ("actor_id");
CREATE INDEX "annotations_event_article_id_aa57bfad" ON "annotations_event" ("article_id");
CREATE INDEX "annotations_event_project_id_7151a64f" ON "annotations_event" ("project_id");
CREATE INDEX "event_on_article" ON "annotations_event" ("project_id", "article_id", "id");
CREATE INDEX "event_subject" ON "annotations_event" ("project_id", "subject");
CREATE INDEX "annotations_highlighttag_highlight_id_0428fdee" ON "annotations_highlighttag" ("highlight_id");
CREATE INDEX "annotations_highlight_article_id_99b28d96" ON "annotations_highlight" ("article_id");
CREATE INDEX "annotations_highlight_author_id_1bcbcd28" ON "annotations_highlight" ("author_id");
CREATE INDEX "annotations_highlight_revision_id_46765ae1" ON "annotations_highlight" ("revision_id");
CREATE INDEX "highlight_on_page" ON "annotations_highlight" ("project_id", "revision_id", "start");
CREATE INDEX "highlight_latest" ON "annotations_highlight" ("project_id", "id" DESC) WHERE "deleted_at" IS NULL;
CREATE INDEX "highlight_by_article" ON "annotations_highlight" ("project_id", "article_id", "start") WHERE "deleted_at" IS NULL;
CREATE INDEX "annotations_placement_highlight_id_2966ee3b" ON "annotations_placement" ("highlight_id");
CREATE INDEX "annotations_placement_revision_id_16bee952" ON "annotations_placement" ("revision_id");
CREATE INDEX "placement_on_page" ON "annotations_placement" ("project_id", "revision_id", "start");
CREATE INDEX "placement_waiting" ON "annotations_placement" ("project_id", "revision_id" DESC, "origin_start") WHERE "open";
CREATE INDEX "annotations_desk_changed_by_id_330400d8" ON "annotations_desk" ("changed_by_id");
CREATE INDEX "annotations_desk_project_id_c6f46f38" ON "annotations_desk" ("project_id");
CREATE INDEX "annotations_pin_highlight_id_f0372100" ON "annotations_pin" ("highlight_id");
CREATE INDEX "annotations_export_made_by_id_697668f6" ON "annotations_export" ("made_by_id");
CREATE INDEX "annotations_export_project_id_9e47e222" ON "annotations_export" ("project_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "newsreader_savedsearch_user_id_a3a9ef31" ON "newsreader_savedsearch" ("user_id");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
DELETE FROM sqlite_sequence;
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('django_migrations',38);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('account_emailaddress',0);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('django_admin_log',0);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('newsreader_revision',5);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('annotations_highlighttag',6);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('django_content_type',26);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('auth_permission',104);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('auth_group',0);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('auth_user',3);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('annotations_membership',5);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('newsreader_source',2);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('newsreader_article',3);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('annotations_event',18);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('annotations_placement',8);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('annotations_pin',2);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('newsreader_savedsearch',1);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('newsreader_reading',1);
INSERT INTO "sqlite_sequence" ("name", "seq") VALUES ('newsreader_preferences',1);
COMMIT;
