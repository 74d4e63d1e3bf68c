/** What there is to say of an axis, which is a field of a cell in which trials may differ. */
import type { NameOf } from "./trial.js";

/** One of a few words, some of which may have parameters. */
export type Choice<Value> = {
  readonly kind: "choice";
  /** The name that headings show of each. */
  readonly names: Readonly<Record<NameOf<Value>, string>>;
} & ([Extract<Value, object>] extends [never]
  ? { readonly parameters?: undefined }
  : { readonly parameters: ParametersOf<Extract<Value, { readonly name: string }>> });

/** Of each word that has parameters, what they may be. */
type ParametersOf<Value extends { readonly name: string }> = {
  readonly [Name in Value["name"]]: {
    readonly [Parameter in Exclude<
      keyof Extract<Value, { readonly name: Name }>,
      "name"
    >]: Parameter extends string ? ParameterOf : never;
  };
};

interface ParameterOf {
  readonly domain: WholeNumber | RealNumber;
  readonly meaning: string;
  readonly example: number;
  /** What it is where it is not given; without one, it must be. */
  readonly default?: number;
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

/** Any number from `min` to `max`. */
export interface RealNumber {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
}

/** Two numbers, the lower one first. */
export interface Interval {
  readonly kind: "interval";
  readonly min: number;
  readonly max: number;
}

/** A line of text. */
export interface Text {
  readonly kind: "text";
  readonly pattern: RegExp;
  /** What it must be, as "the path of a file". */
  readonly rule: string;
}

/** Some texts, none of them twice. */
export interface Texts {
  readonly kind: "texts";
  readonly each: Text;
  readonly most: number;
  readonly rule: string;
}

/** An object with these fields. */
export interface Fields<Value extends object> {
  readonly kind: "fields";
  readonly fields: {
    readonly [Field in keyof Value]-?: {
      readonly domain: DomainOf<NonNullable<Value[Field]>>;
      readonly meaning: string;
    } & (undefined extends Value[Field]
      ? {
          /** What it means to leave the field out; a value that says so is left out, too. */
          readonly default: NonNullable<Value[Field]>;
        }
      : {
          readonly default?: undefined;
          /** Where it may be left out because something else says it, what fills it in. */
          readonly filledIn?: string;
        });
  };
}

/** One of several objects, each with the fields of one of these. */
export interface Alternatives<Value extends object> {
  readonly kind: "alternatives";
  readonly of: readonly FieldsOfEach<Value>[];
}

type FieldsOfEach<Value extends object> = Value extends object ? Fields<Value> : never;

type IsUnion<Value, Whole = Value> = (
  Value extends unknown
    ? [Whole] extends [Value]
      ? false
      : true
    : never
) extends false
  ? false
  : true;

/** The values that there may be of a type. */
export type DomainOf<Value> = [Value] extends [string | { readonly name: string }]
  ? string extends Value
    ? Text
    : Choice<Value>
  : [Value] extends [number]
    ? WholeNumber | PositiveNumber
    : [Value] extends [readonly [number, number]]
      ? Interval
      : [Value] extends [readonly string[]]
        ? Texts
        : [Value] extends [object]
          ? IsUnion<Value> extends true
            ? Alternatives<Value>
            : Fields<Value>
          : never;

/** The same for code that goes through all axes. */
export type Domain =
  | AnyChoice
  | WholeNumber
  | PositiveNumber
  | RealNumber
  | Interval
  | Text
  | Texts
  | AnyFields
  | AnyAlternatives;

export interface AnyChoice {
  readonly kind: "choice";
  readonly names: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, ParameterOf>>>>;
}

export interface AnyFields {
  readonly kind: "fields";
  readonly fields: Readonly<
    Record<
      string,
      {
        readonly domain: Domain;
        readonly meaning: string;
        readonly default?: unknown;
        readonly filledIn?: string;
      }
    >
  >;
}

export interface AnyAlternatives {
  readonly kind: "alternatives";
  readonly of: readonly AnyFields[];
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
  /** Whether networks that differ in it may differ before their first step, or see other samples. */
  readonly decidesStart: boolean;
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
