BEGIN TRANSACTION;
CREATE TABLE "bodies" ( -- A row for each body that can answer for something: a ministry, a council.
  "id" TEXT NOT NULL, -- its id
  "name" TEXT NOT NULL, -- its name
  PRIMARY KEY ("id")
) WITHOUT ROWID;
INSERT INTO "bodies" VALUES('ocw','Ministerie van OCW');
CREATE TABLE "budgets" ( -- A row for each amount of money set aside for a measure.
  "measure" TEXT NOT NULL REFERENCES "measures" (id), -- id of the measure
  "number" INTEGER NOT NULL, -- which amount for the measure it is, counted from 1
  "amount" NUMERIC NOT NULL, -- the amount, in the currency
  "currency" TEXT NOT NULL, -- its code in ISO 4217
  "per" TEXT NOT NULL, -- whether it is for each year or for all years together
  "first_year" INTEGER, -- the first year
  "last_year" INTEGER, -- the last year, included
  "each" INTEGER, -- how many get that amount; empty: it is one amount for all
  "note" TEXT, -- what is noted with it
  "source" TEXT REFERENCES "sources" (id), -- id of the source that says so, the first of those known
  "sources" INTEGER NOT NULL, -- how many known sources say so
  PRIMARY KEY ("measure", "number")
) WITHOUT ROWID;
INSERT INTO "budgets" VALUES('files',1,11700000,'EUR','year',2012,2015,NULL,'waarvan de helft voor leraren','letter-2013',1);
INSERT INTO "budgets" VALUES('teachers',1,250000,'EUR','total',NULL,NULL,12,NULL,'letter-2015',1);
CREATE TABLE "clusters" ( -- A row for each group of measures.
  "id" TEXT NOT NULL, -- its id
  "title" TEXT NOT NULL, -- its title
  "number" INTEGER, -- its number, where the source numbers them
  PRIMARY KEY ("id")
) WITHOUT ROWID;
INSERT INTO "clusters" VALUES('labour-market','Arbeidsmarkt',3);
CREATE TABLE "further_sources" ( -- A row for each statement and each known source that says so besides the first.
  "milestone" TEXT NOT NULL REFERENCES "milestones" (id), -- id of the milestone
  "number" INTEGER NOT NULL, -- the number of the statement on it
  "source" TEXT NOT NULL REFERENCES "sources" (id), -- id of a further source
  PRIMARY KEY ("milestone", "number", "source")
) WITHOUT ROWID;
INSERT INTO "further_sources" VALUES('teachers/survey',4,'web-page');
CREATE TABLE "measures" ( -- A row for each measure.
  "id" TEXT NOT NULL, -- its id
  "code" TEXT, -- the number that a register gives it
  "title" TEXT NOT NULL, -- its title
  "summary" TEXT, -- what it is
  "cluster" TEXT REFERENCES "clusters" (id), -- id of the cluster of the measure
  "body" TEXT REFERENCES "bodies" (id), -- id of the first body that answer for it
  "bodies" INTEGER, -- how many bodies answer for it
  "source" TEXT REFERENCES "sources" (id), -- id of the source that says so, the first of those known
  "sources" INTEGER NOT NULL, -- how many known sources say so
  "locator" TEXT, -- where in that source
  PRIMARY KEY ("id")
) WITHOUT ROWID;
INSERT INTO "measures" VALUES('files',NULL,'Dossiers','Minder en bredere dossiers.','labour-market','ocw',1,'letter-2013',1,'3.1');
INSERT INTO "measures" VALUES('teachers','L2','Leraren',NULL,NULL,NULL,0,'letter-2015',2,NULL);
CREATE TABLE "milestones" ( -- A row for each milestone that was known, as it stands on the day of as_of.
  "id" TEXT NOT NULL, -- the id of its measure and its own, with a slash between
  "code" TEXT, -- the number that a register gives it
  "title" TEXT NOT NULL, -- its title
  "measure" TEXT NOT NULL REFERENCES "measures" (id), -- id of the measure
  "cluster" TEXT REFERENCES "clusters" (id), -- id of the cluster of the measure
  "body" TEXT REFERENCES "bodies" (id), -- id of the first body that answer for it, as known; the table responsible has all
  "bodies" INTEGER, -- how many bodies answer for it, as known; the table responsible has all
  "kind" TEXT NOT NULL, -- what sort of moment it is: one of ten words, or the id of one of its own
  "kind_title" TEXT NOT NULL, -- what that sort is called
  "commitment" TEXT NOT NULL, -- how firmly it was promised
  "status" TEXT NOT NULL, -- how it stands on the day of as_of
  "evidence" TEXT, -- what is known of it; empty: it is not overdue
  "open" INTEGER NOT NULL, -- whether it has not ended: it is neither met nor replaced nor dropped
  "due_words" TEXT, -- the date in force, in the words of its source
  "due_edtf" TEXT, -- the date in force, as those words are read, in EDTF (ISO 8601-2); empty: they name no day
  "due_earliest" TEXT, -- the date in force, the first day that it leaves open; empty: it has no beginning
  "due_latest" TEXT, -- the date in force, the last day that it leaves open, its term; empty: it has no end
  "promised_words" TEXT, -- the date first promised, in the words of its source
  "promised_edtf" TEXT, -- the date first promised, as those words are read, in EDTF (ISO 8601-2); empty: they name no day
  "promised_earliest" TEXT, -- the date first promised, the first day that it leaves open; empty: it has no beginning
  "promised_latest" TEXT, -- the date first promised, the last day that it leaves open, its term; empty: it has no end
  "moved_days" INTEGER, -- days from the term first promised to that in force, negative is earlier; empty: not moved, or one of them has no last day
  "moves" INTEGER NOT NULL, -- how often its date was moved, or first given; the table moves has each
  "days_overdue" INTEGER, -- days since its term on the day of as_of; empty: neither overdue nor passed
  "days_left" INTEGER, -- days to its first day, or its last where it has no beginning; empty: not upcoming
  "outcome" TEXT, -- how it ended by a source; empty: it did not, or came about by itself
  "outcome_words" TEXT, -- when it ended so, in the words of its source
  "outcome_edtf" TEXT, -- when it ended so, as those words are read, in EDTF (ISO 8601-2); empty: they name no day
  "outcome_earliest" TEXT, -- when it ended so, the first day that it leaves open; empty: it has no beginning
  "outcome_latest" TEXT, -- when it ended so, the last day that it leaves open, its term; empty: it has no end
  "replaced_by" TEXT, -- id of the milestone that took its place
  "attestation" TEXT, -- who says that it ended so: who answers for it, others, or an official source
  "at_least_days_late" INTEGER, -- days from its first term to when it was met, at least; 0: it may have been in time
  "at_most_days_late" INTEGER, -- days from its first term to when it was met, at most; 0: it was in time; empty: not met, or no source tells by when
  "in_time" TEXT, -- whether it was met by its first term, as far as its dates tell; of what came about by itself nobody checked it; empty: not met, or it never had a term
  "newest_statement" TEXT NOT NULL, -- the day of the newest statement on it; that somebody looked in vain is none
  "news_on" TEXT, -- the day of the news that tells why it is late, or that somebody looked
  "news_found" TEXT, -- what was found then
  "news_by" TEXT, -- who looked
  "goal" NUMERIC, -- the number to reach, in that of unit
  "baseline" NUMERIC, -- the number from which it started, in that of unit
  "unit" TEXT, -- what is counted
  "source" TEXT REFERENCES "sources" (id), -- id of the source that says so, the first of those known
  "sources" INTEGER NOT NULL, -- how many known sources say so
  "locator" TEXT, -- where in that source
  "page" TEXT, -- the address of its place on the published page; empty: not known
  "path" TEXT NOT NULL, -- the data file
  "line" INTEGER, -- the line of the data file at which it begins; empty: not told, since edits move it
  "level" TEXT, -- how much its standing matters; empty: it asks for nothing
  "snoozed_until" TEXT, -- the last day on which it is kept quiet
  "snoozed_by" TEXT, -- who keeps it quiet
  "snoozed_reason" TEXT, -- why it is kept quiet
  "as_of" TEXT NOT NULL, -- the day of which the status speaks
  "known_on" TEXT NOT NULL, -- the day whose knowledge counts: as_of, unless it is told with hindsight
  PRIMARY KEY ("id")
) WITHOUT ROWID;
INSERT INTO "milestones" VALUES('files/in-force',NULL,'Van kracht','files','labour-market','ocw',1,'entry-into-force','inwerkingtreding','deadline','met',NULL,0,'over een paar jaar','2016-08~','2016-08-01','2016-08-31','2014-08-01','2014-08-01','2014-08-01','2014-08-01',761,1,NULL,NULL,'met','2015-06-01','2015-06-01','2015-06-01','2015-06-01',NULL,'reported',304,304,'no','2015-07-01',NULL,NULL,NULL,3500,NULL,'dossiers','letter-2013',1,'3.1',NULL,'plan.toml',62,NULL,NULL,NULL,NULL,'2015-09-02','2015-09-02');
INSERT INTO "milestones" VALUES('files/progress',NULL,'Voortgang','files','labour-market','ocw',1,'report','rapport of brief','planned','dropped',NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'dropped','zomer 2015','2015-22','2015-06-01','2015-08-31',NULL,'reported',NULL,NULL,NULL,'2015-07-01',NULL,NULL,NULL,NULL,NULL,NULL,'letter-2013',1,'3.1',NULL,'plan.toml',90,NULL,NULL,NULL,NULL,'2015-09-02','2015-09-02');
INSERT INTO "milestones" VALUES('teachers/survey','L2.1','Leraren geraadpleegd','teachers',NULL,'ocw',1,'consultation','Raadpleging','planned','replaced',NULL,0,'doorlopend',NULL,NULL,NULL,'doorlopend',NULL,NULL,NULL,NULL,0,NULL,NULL,'replaced',NULL,NULL,NULL,NULL,'files/in-force','claimed',NULL,NULL,NULL,'2015-09-02',NULL,NULL,NULL,12,1,'scholen','letter-2015',1,NULL,NULL,'plan.toml',117,NULL,NULL,NULL,NULL,'2015-09-02','2015-09-02');
CREATE TABLE "moves" ( -- A row for each move of a date, and for each first date of what had none.
  "milestone" TEXT NOT NULL REFERENCES "milestones" (id), -- id of the milestone
  "number" INTEGER NOT NULL, -- which move of the milestone it is, counted from 1
  "announced" TEXT NOT NULL, -- the day on which it was made known
  "before_words" TEXT, -- the date until then, in the words of its source
  "before_edtf" TEXT, -- the date until then, as those words are read, in EDTF (ISO 8601-2); empty: they name no day
  "before_earliest" TEXT, -- the date until then, the first day that it leaves open; empty: it has no beginning
  "before_latest" TEXT, -- the date until then, the last day that it leaves open, its term; empty: it has no end
  "due_words" TEXT, -- the date from then on, in the words of its source
  "due_edtf" TEXT, -- the date from then on, as those words are read, in EDTF (ISO 8601-2); empty: they name no day
  "due_earliest" TEXT, -- the date from then on, the first day that it leaves open; empty: it has no beginning
  "due_latest" TEXT, -- the date from then on, the last day that it leaves open, its term; empty: it has no end
  "days" INTEGER, -- days from the term until then to that from then on, negative is earlier; empty: one of them has no last day
  "reason" TEXT, -- why, where that was said
  "source" TEXT REFERENCES "sources" (id), -- id of the source that says so, the first of those known
  "sources" INTEGER NOT NULL, -- how many known sources say so
  PRIMARY KEY ("milestone", "number")
) WITHOUT ROWID;
INSERT INTO "moves" VALUES('files/in-force',1,'2014-05-01','2014-08-01','2014-08-01','2014-08-01','2014-08-01','over een paar jaar','2016-08~','2016-08-01','2016-08-31',761,'meer tijd nodig','letter-2015',1);
CREATE TABLE "readings" ( -- A row for each number that was reached or planned on the way to a goal.
  "milestone" TEXT NOT NULL REFERENCES "milestones" (id), -- id of the milestone
  "number" INTEGER NOT NULL, -- which reading of the milestone it is, counted from 1
  "on_words" TEXT, -- of when it is, in the words of its source
  "on_edtf" TEXT, -- of when it is, as those words are read, in EDTF (ISO 8601-2); empty: they name no day
  "on_earliest" TEXT, -- of when it is, the first day that it leaves open; empty: it has no beginning
  "on_latest" TEXT, -- of when it is, the last day that it leaves open, its term; empty: it has no end
  "value" NUMERIC NOT NULL, -- the number, in the unit of the milestone
  "kind" TEXT NOT NULL, -- whether it was reached, or only planned for
  "note" TEXT, -- what is noted with it
  "source" TEXT REFERENCES "sources" (id), -- id of the source that says so, the first of those known
  "sources" INTEGER NOT NULL, -- how many known sources say so
  PRIMARY KEY ("milestone", "number")
) WITHOUT ROWID;
INSERT INTO "readings" VALUES('files/in-force',1,'schooljaar 2012/2013','[2012-08-01..2013-07-31]','2012-08-01','2013-07-31',152.5,'reached',NULL,'letter-2013',1);
INSERT INTO "readings" VALUES('teachers/survey',1,'2015','2015','2015-01-01','2015-12-31',3,'planned',NULL,'letter-2015',1);
CREATE TABLE "responsible" ( -- A row for each milestone and each body that answers for it, as known on known_on.
  "milestone" TEXT NOT NULL REFERENCES "milestones" (id), -- id of the milestone
  "body" TEXT NOT NULL REFERENCES "bodies" (id), -- id of a body that answers for it
  PRIMARY KEY ("milestone", "body")
) WITHOUT ROWID;
INSERT INTO "responsible" VALUES('files/in-force','ocw');
INSERT INTO "responsible" VALUES('files/progress','ocw');
INSERT INTO "responsible" VALUES('teachers/survey','ocw');
CREATE TABLE "sectors" ( -- A row for each measure and each sector to which it applies.
  "measure" TEXT NOT NULL REFERENCES "measures" (id), -- id of the measure
  "sector" TEXT NOT NULL, -- id of a sector
  "sector_title" TEXT NOT NULL, -- the title of that sector
  PRIMARY KEY ("measure", "sector")
) WITHOUT ROWID;
INSERT INTO "sectors" VALUES('files','mbo','middelbaar beroepsonderwijs');
CREATE TABLE "shared" ( -- A row for each milestone and each further measure of which it is a part.
  "milestone" TEXT NOT NULL REFERENCES "milestones" (id), -- id of the milestone
  "measure" TEXT NOT NULL REFERENCES "measures" (id), -- id of the further measure
  PRIMARY KEY ("milestone", "measure")
) WITHOUT ROWID;
INSERT INTO "shared" VALUES('teachers/survey','files');
CREATE TABLE "sources" ( -- A row for each document that was known.
  "id" TEXT NOT NULL, -- its id
  "title" TEXT NOT NULL, -- its title
  "kind" TEXT NOT NULL, -- what sort of document it is
  "body" TEXT REFERENCES "bodies" (id), -- id of the body that wrote it
  "reference" TEXT, -- where it is filed
  "published_words" TEXT, -- when it appeared, in the words of its source
  "published_edtf" TEXT, -- when it appeared, as those words are read, in EDTF (ISO 8601-2); empty: they name no day
  "published_earliest" TEXT, -- when it appeared, the first day that it leaves open; empty: it has no beginning
  "published_latest" TEXT, -- when it appeared, the last day that it leaves open, its term; empty: it has no end
  "seen" TEXT, -- the day on which it was read
  "known_from" TEXT NOT NULL, -- the first day on which what it says is known
  "url" TEXT, -- its address
  "archived" TEXT, -- the address of a copy that stays as it was
  PRIMARY KEY ("id")
) WITHOUT ROWID;
INSERT INTO "sources" VALUES('letter-2013','Brief','other',NULL,'Kamerstuk 1','2013-02-26','2013-02-26','2013-02-26','2013-02-26',NULL,'2013-02-26','https://example.org/letter-2013',NULL);
INSERT INTO "sources" VALUES('letter-2015','Tweede brief','other',NULL,NULL,'2015-07-01','2015-07-01','2015-07-01','2015-07-01',NULL,'2015-07-01',NULL,NULL);
INSERT INTO "sources" VALUES('web-page','Webpagina','website','ocw',NULL,NULL,NULL,NULL,NULL,'2015-09-01','2015-09-01',NULL,'https://example.org/2015/web-page');
CREATE TABLE "statements" ( -- A row for each thing that was said of a milestone: its promise, each revision, each piece of news, and how it ended.
  "milestone" TEXT NOT NULL REFERENCES "milestones" (id), -- id of the milestone
  "number" INTEGER NOT NULL, -- which statement on the milestone it is, counted from 1
  "day" TEXT NOT NULL, -- the day on which it became known
  "what" TEXT NOT NULL, -- what was said
  "date_words" TEXT, -- the date that was promised or moved to, when it ended, or of which day the news is, in the words of its source
  "date_edtf" TEXT, -- the date that was promised or moved to, when it ended, or of which day the news is, as those words are read, in EDTF (ISO 8601-2); empty: they name no day
  "date_earliest" TEXT, -- the date that was promised or moved to, when it ended, or of which day the news is, the first day that it leaves open; empty: it has no beginning
  "date_latest" TEXT, -- the date that was promised or moved to, when it ended, or of which day the news is, the last day that it leaves open, its term; empty: it has no end
  "found" TEXT, -- what the news found
  "says" TEXT, -- what the source says in brief, or why it was moved, dropped or replaced
  "looked" TEXT, -- who looked for news
  "goal" NUMERIC, -- the number to reach from then on
  "body" TEXT REFERENCES "bodies" (id), -- id of the first body that answer for it from then on, where it was handed over
  "bodies" INTEGER, -- how many bodies answer for it from then on, where it was handed over
  "replaced_by" TEXT, -- id of the milestone that took its place
  "note" TEXT, -- what is noted with it
  "source" TEXT REFERENCES "sources" (id), -- id of the source that says so, the first of those known
  "sources" INTEGER NOT NULL, -- how many known sources say so
  PRIMARY KEY ("milestone", "number")
) WITHOUT ROWID;
INSERT INTO "statements" VALUES('files/in-force',1,'2013-02-26','promised','2014-08-01','2014-08-01','2014-08-01','2014-08-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'letter-2013',1);
INSERT INTO "statements" VALUES('files/in-force',2,'2014-05-01','moved','over een paar jaar','2016-08~','2016-08-01','2016-08-31',NULL,'meer tijd nodig',NULL,NULL,NULL,NULL,NULL,NULL,'letter-2015',1);
INSERT INTO "statements" VALUES('files/in-force',3,'2015-07-01','met','2015-06-01','2015-06-01','2015-06-01','2015-06-01',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'letter-2015',1);
INSERT INTO "statements" VALUES('files/progress',1,'2013-02-26','promised',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'letter-2013',1);
INSERT INTO "statements" VALUES('files/progress',2,'2015-07-01','dropped','zomer 2015','2015-22','2015-06-01','2015-08-31',NULL,'niet meer nodig',NULL,NULL,NULL,NULL,NULL,NULL,'letter-2015',1);
INSERT INTO "statements" VALUES('teachers/survey',1,'2015-07-01','promised','doorlopend',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'eerst alleen in het mbo','letter-2015',1);
INSERT INTO "statements" VALUES('teachers/survey',2,'2015-09-01','news','2015-08-31','2015-08-31','2015-08-31','2015-08-31','under-way','drie scholen zijn klaar','de onderzoekers',NULL,NULL,NULL,NULL,NULL,'web-page',1);
INSERT INTO "statements" VALUES('teachers/survey',3,'2015-09-01','replaced',NULL,NULL,NULL,NULL,NULL,'opgegaan in de dossiers',NULL,NULL,NULL,NULL,'files/in-force',NULL,'web-page',1);
INSERT INTO "statements" VALUES('teachers/survey',4,'2015-09-02','revised',NULL,NULL,NULL,NULL,NULL,NULL,NULL,12,'ocw',1,NULL,'mondeling, later op de webpagina','letter-2015',2);
COMMIT;
