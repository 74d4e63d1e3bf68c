/** What there is to say of an axis, which is a field of a cell in which trials may differ. */

/** One of a few words; each with the name that headings show. */
export interface Choice<Value extends string> {
  readonly kind: "choice";
  readonly names: Readonly<Record<Value, string>>;
}

export interface WholeNumber {
  readonly kind: "whole number";
  readonly min: number;
  readonly max: number;
}

/** A number above 0. */
export interface PositiveNumber {
  readonly kind: "positive number";
  readonly max: number;
}

/** An object with these fields. */
export interface Fields<Value extends object> {
  readonly kind: "fields";
  readonly fields: {
    readonly [Field in keyof Value]: {
      readonly domain: DomainOf<Value[Field]>;
      readonly meaning: string;
    };
  };
}

/** The values that there may be of a type. */
export type DomainOf<Value> = [Value] extends [string]
  ? Choice<Value>
  : [Value] extends [number]
    ? WholeNumber | PositiveNumber
    : [Value] extends [object]
      ? Fields<Value>
      : never;

/** The same for code that goes through all axes. */
export type Domain = Choice<string> | WholeNumber | PositiveNumber | AnyFields;

interface AnyFields {
  readonly kind: "fields";
  readonly fields: Readonly<Record<string, { readonly domain: Domain; readonly meaning: string }>>;
}

interface Description<Value> {
  readonly domain: DomainOf<Value>;
  /** In words, as in the head of a table: `learning rate`. */
  readonly label: string;
  /** Its column in SQL and in every format of rows; with dashes, its flag: `learning_rate`. */
  readonly column: string;
  /** What its values mean, for help and for the sweep file's schema. */
  readonly meaning: string;
  /** What `lrn trial` trains where its flag is not given. */
  readonly example: Value;
  /** Whether trials that differ in it may be trained in one batch. */
  readonly sharesBatch: boolean;
  /** Where tables have it: in their titles, in the head of a row, or over a group of columns. */
  readonly place: "title" | "row" | "column";
  /** Of numbers in tables and baselines; words have the order of their domain. */
  readonly order: "rising" | "falling";
  /** In the name of a cell: `learning rate 0.01`. */
  phrase(value: Value): string;
  /** In the name of a table's file, no other axis's: `lr-0.01`. */
  slug(value: Value): string;
}

/** An axis of the first stores: part of every key. */
interface Founding<Value> {
  readonly founding: true;
  /** What cells have where a sweep file does not say; without one, every grid must. */
  readonly default?: Value;
  /** Whether rows and tables show it always, or only where it tells cells apart. */
  readonly shown: "always" | "where cells differ";
}

/**
 * An axis that came later. At its default it is left out of keys, names, rows and tables, so that old
 * keys, stores and files mean the same for ever.
 */
interface Later<Value> {
  readonly founding: false;
  readonly default: Value;
  readonly shown: "off its default";
}

export type Axis<Value> = Description<Value> & (Founding<Value> | Later<Value>);

/** An axis of whatever values, for code that goes through all of them. */
export type AnyAxis = Omit<Description<unknown>, "domain"> &
  (Founding<unknown> | Later<unknown>) & { readonly domain: Domain };
