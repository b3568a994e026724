import { type ComponentProps, type ReactNode, type TextareaHTMLAttributes, useId } from 'react';

interface Frame {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

/** Label, hint and error of a control, tied to it for those who do not see them. */
function Framed({ label, hint, error, children }: Frame & { children: (ids: Record<string, unknown>) => ReactNode }) {
  const id = useId();
  const about = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': about || undefined })}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

export function Field({ label, hint, error, ...input }: Frame & ComponentProps<'input'>) {
  return (
    <Framed label={label} hint={hint} error={error}>
      {(ids) => <input {...ids} {...input} />}
    </Framed>
  );
}

export function TextField({ label, hint, error, ...area }: Frame & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Framed label={label} hint={hint} error={error}>
      {(ids) => <textarea rows={3} {...ids} {...area} />}
    </Framed>
  );
}

interface Choice<T extends string> extends Frame {
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
}

export function SelectField<T extends string>({ label, hint, error, value, options, onChoose }: Choice<T>) {
  return (
    <Framed label={label} hint={hint} error={error}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onChoose(event.target.value as T)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Framed>
  );
}
