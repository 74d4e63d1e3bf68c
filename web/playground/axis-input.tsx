/** A control for the values of any axis, made from what the table of axes says of them. */
import { useId, useState } from "preact/hooks";
import { number } from "../../src/counted.js";
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
  const id = useId();
  /** What was typed and is no value of the domain. */
  const [refused, refuse] = useState(false);
  const { min = 0, max } = domain as { readonly min?: number; readonly max: number };
  const isWhole = domain.kind === "whole number";
  return (
    <div>
      <label class="field">
        <span>{label}</span>
        <input
          type="number"
          value={String(value)}
          min={min}
          max={max}
          step={isWhole ? 1 : "any"}
          required
          aria-invalid={refused}
          aria-describedby={refused ? id : undefined}
          onInput={({ currentTarget: input }) => {
            const next = input.valueAsNumber;
            refuse(!fits(domain, next));
            if (fits(domain, next)) change(next);
          }}
        />
      </label>
      {refused && (
        <small class="rule" id={id} role="alert">
          {isWhole ? "A whole number" : "A number"}{" "}
          {domain.kind === "positive number" ? "above 0, at most" : `from ${number(min)} to`}{" "}
          {number(max)}
        </small>
      )}
    </div>
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
      <div class="row">
        {Object.entries(domain.fields).map(([key, field]) => (
          <AxisInput
            key={key}
            label={`${label}: ${wordsOf(key)}`}
            domain={field.domain}
            value={given[key] ?? field.default}
            change={(next) => {
              const { [key]: _, ...others } = given;
              const isUsual = JSON.stringify(next) === JSON.stringify(field.default);
              change(isUsual ? others : { ...others, [key]: next });
            }}
          />
        ))}
      </div>
    </details>
  );
}

/** `target scale` of `targetScale`. */
function wordsOf(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
