/** A control for the values of any axis, made from what the table of axes says of them. */
import type { AnyChoice, AnyFields, Domain } from "../../src/model/axis.js";
import { capitalized } from "../../src/model/cells.js";
import { fits } from "./values.js";

interface InputProps<Of extends Domain> {
  readonly label: string;
  readonly domain: Of;
  readonly value: unknown;
  /** Told only values of the domain. */
  readonly change: (value: unknown) => void;
}

export function AxisInput({ domain, ...props }: InputProps<Domain>) {
  switch (domain.kind) {
    case "choice":
      return <ChoiceInput {...props} domain={domain} />;
    case "whole number":
    case "positive number":
    case "number":
      return <NumberInput {...props} domain={domain} />;
    case "interval":
      return <IntervalInput {...props} domain={domain} />;
    case "fields":
      return <FieldsInput {...props} domain={domain} />;
    case "alternatives":
      return <FieldsInput {...props} domain={domain.of[0]} />;
    case "text":
    case "texts":
      return null;
  }
}

function NumberInput({ label, domain, value, change }: InputProps<Domain>) {
  const limits = domain as { readonly min?: number; readonly max: number };
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        value={String(value)}
        min={limits.min ?? 0}
        max={limits.max}
        step={domain.kind === "whole number" ? 1 : "any"}
        required
        onInput={({ currentTarget: input }) => {
          const next = input.valueAsNumber;
          if (fits(domain, next)) change(next);
        }}
      />
    </label>
  );
}

function ChoiceInput({ label, domain, value, change }: InputProps<AnyChoice>) {
  const given = typeof value === "object" ? (value as { name: string }) : { name: String(value) };
  const parameters = domain.parameters?.[given.name] ?? {};
  const choose = (name: string) => {
    const own = Object.entries(domain.parameters?.[name] ?? {});
    const usual = own.map(([key, of]) => [key, of.default ?? of.example]);
    change(own.length === 0 ? name : { name, ...Object.fromEntries(usual) });
  };
  return (
    <>
      <label class="field">
        <span>{label}</span>
        <select value={given.name} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {Object.entries(domain.names).map(([name, heading]) => (
            <option key={name} value={name}>
              {heading}
            </option>
          ))}
        </select>
      </label>
      {Object.entries(parameters).map(([key, of]) => (
        <AxisInput
          key={key}
          label={capitalized(key)}
          domain={of.domain}
          value={(given as Readonly<Record<string, unknown>>)[key]}
          change={(next) => change({ ...given, [key]: next })}
        />
      ))}
    </>
  );
}

function IntervalInput({ label, domain, value, change }: InputProps<Domain>) {
  const ends = value as readonly [number, number];
  const end = (name: string, i: 0 | 1) => (
    <NumberInput
      label={`${label}, ${name}`}
      domain={{ ...domain, kind: "number" } as Domain}
      value={ends[i]}
      change={(next) => {
        const changed = ends.with(i, next as number);
        if (fits(domain, changed)) change(changed);
      }}
    />
  );
  return (
    <>
      {end("from", 0)}
      {end("to", 1)}
    </>
  );
}

function FieldsInput({ label, domain, value, change }: InputProps<AnyFields>) {
  const given = value as Readonly<Record<string, unknown>>;
  return (
    <details class="fields">
      <summary>{label}</summary>
      {Object.entries(domain.fields).map(([key, field]) => (
        <AxisInput
          key={key}
          label={wordsOf(key)}
          domain={field.domain}
          value={given[key] ?? field.default}
          change={(next) => {
            const { [key]: _, ...others } = given;
            const isUsual = JSON.stringify(next) === JSON.stringify(field.default);
            change(isUsual ? others : { ...others, [key]: next });
          }}
        />
      ))}
    </details>
  );
}

/** `Target scale` of `targetScale`. */
function wordsOf(key: string): string {
  return capitalized(key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}
