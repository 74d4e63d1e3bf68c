/**
 * What a query may use. SQLite asks its authorizer about every table, function and pragma when it
 * compiles a statement (sqlite.org/c3ref/set_authorizer.html), also those that views and
 * subqueries bring in. What is not named here is refused, so that nothing a new version of SQLite
 * brings is open to queries before somebody has judged it.
 */
import { constants } from "@photostructure/sqlite";

/** They compute from their arguments, the rows or the clock, and touch nothing else. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  `
  -> ->> abs acos acosh asin asinh atan atan2 atanh avg ceil ceiling changes char coalesce concat
  concat_ws cos cosh count cume_dist current_date current_time current_timestamp date datetime
  degrees dense_rank exp first_value floor format glob group_concat hex if ifnull iif instr json
  json_array json_array_insert json_array_length json_error_position json_extract json_group_array
  json_group_object json_insert json_object json_patch json_pretty json_quote json_remove
  json_replace json_set json_type json_valid jsonb jsonb_array jsonb_array_insert jsonb_extract
  jsonb_group_array jsonb_group_object jsonb_insert jsonb_object jsonb_patch jsonb_remove
  jsonb_replace jsonb_set julianday lag last_insert_rowid last_value lead length like likelihood
  likely ln log log10 log2 lower ltrim max median min mod nth_value ntile nullif octet_length
  percent_rank percentile percentile_cont percentile_disc pi pow power printf quote radians random
  randomblob rank replace round row_number rtrim sign sin sinh soundex sqlite_compileoption_get
  sqlite_compileoption_used sqlite_source_id sqlite_version sqrt strftime string_agg substr
  substring subtype sum tan tanh time timediff total total_changes trim trunc typeof unhex unicode
  unistr unistr_quote unixepoch unlikely upper zeroblob
  `
    .trim()
    .split(/\s+/),
);

/** Tables that SQLite makes up: they take JSON apart. */
export const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(["json_each", "json_tree"]);

/** The tables that list a file's tables. */
const SCHEMA_TABLES = [
  "sqlite_schema",
  "sqlite_master",
  "sqlite_temp_schema",
  "sqlite_temp_master",
];

const { SQLITE_SELECT, SQLITE_READ, SQLITE_FUNCTION, SQLITE_RECURSIVE } = constants;

/** What a statement asked for that it may not have. */
export type Refusal =
  | { readonly what: "function" | "table"; readonly name: string }
  | { readonly what: "statement" };

export interface QueryRules {
  /** For `setAuthorizer`. */
  readonly authorize: (action: number, first: string | null, second: string | null) => number;
  /** Forgets what was asked before. */
  begin(): void;
  /** The first thing refused since. */
  readonly refusal: Refusal | undefined;
  /**
   * Names whose rows were counted without reading a column, and that are no tables of the file:
   * names that the statement itself gives with WITH, or tables that SQLite makes up.
   */
  readonly unknownTables: ReadonlySet<string>;
}

/** As SQLite does it, which knows the case of ASCII's letters alone. */
const lowerCase = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/**
 * @param tables the tables and views of the file
 * @param functions our own, beside SQLite's
 */
export function queryRules(tables: Iterable<string>, functions: Iterable<string>): QueryRules {
  const callable = new Set([...FUNCTIONS, ...functions]);
  const readable = new Set([...tables, ...SCHEMA_TABLES, ...TABLE_FUNCTIONS].map(lowerCase));
  const unknownTables = new Set<string>();
  let refusal: Refusal | undefined;
  const refusalOf = (action: number, first: string, second: string): Refusal | undefined => {
    switch (action) {
      case SQLITE_SELECT:
      case SQLITE_RECURSIVE:
        return undefined;
      case SQLITE_FUNCTION:
        return callable.has(second.toLowerCase()) ? undefined : { what: "function", name: second };
      case SQLITE_READ:
        if (readable.has(lowerCase(first))) return undefined;
        if (second !== "") return { what: "table", name: first };
        unknownTables.add(first);
        return undefined;
      default:
        return { what: "statement" };
    }
  };
  return {
    authorize(action, first, second) {
      const refused = refusalOf(action, first ?? "", second ?? "");
      refusal ??= refused;
      return refused ? constants.SQLITE_DENY : constants.SQLITE_OK;
    },
    begin() {
      refusal = undefined;
      unknownTables.clear();
    },
    get refusal() {
      return refusal;
    },
    unknownTables,
  };
}
