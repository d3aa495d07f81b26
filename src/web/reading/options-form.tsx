import {
  OPTION_GROUPS,
  OPTION_NAMES,
  OPTIONS,
  type OptionDescription,
  type OptionName,
} from '../../processing/options/describe-options.ts';
import { textOfValue } from '../../processing/options/option-texts.ts';
import type { TypedOptions } from './typed-options.ts';

interface FormProps {
  typed: TypedOptions;
  /** As the file is read now: options of other formats are left out. */
  format: string | undefined;
  /** Whether the file is an archive, or may be one. */
  isArchive: boolean;
  onChange: (typed: TypedOptions) => void;
}

/** Types of columns are chosen above the columns. */
const ELSEWHERE: ReadonlySet<OptionName> = new Set(['types']);

/** Fields for the options, made from their description. */
export function OptionsForm({ typed, format, isArchive, onChange }: FormProps) {
  const isShown = (name: OptionName) => {
    const { formats } = OPTIONS[name];
    if (ELSEWHERE.has(name)) return false;
    if (typed[name]) return true;
    return name === 'member' ? isArchive : !formats || !format || formats.includes(format);
  };
  const groups = Object.entries(OPTION_GROUPS) as [keyof typeof OPTION_GROUPS, string][];
  return (
    <>
      {groups.map(([group, heading]) => {
        const names = OPTION_NAMES.filter((name) => OPTIONS[name].group === group && isShown(name));
        if (names.length === 0) return null;
        return (
          <fieldset key={group}>
            <legend>{heading}</legend>
            {names.map((name) => (
              <OptionField
                key={name}
                name={name}
                text={typed[name] ?? ''}
                onText={(text) => onChange({ ...typed, [name]: text })}
              />
            ))}
          </fieldset>
        );
      })}
    </>
  );
}

interface FieldProps {
  name: OptionName;
  text: string;
  onText: (text: string) => void;
}

function OptionField({ name, text, onText }: FieldProps) {
  const option: OptionDescription = OPTIONS[name];
  const { label, help, otherwise, offers, kind } = option;
  const id = `option-${name}`;
  const described = `${id}-help`;
  const shared = { id, 'aria-describedby': described, value: text };
  return (
    <div class={text ? 'option set' : 'option'}>
      <label for={id}>{label}</label>
      {kind === 'choice' || kind === 'boolean' ? (
        <select {...shared} onChange={(event) => onText(event.currentTarget.value)}>
          <option value="">{otherwise}</option>
          {(offers ?? [['true', 'yes'] as const]).map(([value, meaning]) => (
            <option key={value} value={kind === 'choice' ? textOfValue(option, value) : value}>
              {value.length > 1 || kind === 'boolean' ? meaningOf(value, meaning) : meaning}
            </option>
          ))}
        </select>
      ) : (
        <>
          <input
            {...shared}
            type="text"
            list={offers && `${id}-offers`}
            placeholder={otherwise}
            autocomplete="off"
            spellcheck={false}
            inputMode={kind === 'count' ? 'numeric' : 'text'}
            onInput={(event) => onText(event.currentTarget.value)}
          />
          {offers && (
            <datalist id={`${id}-offers`}>
              {offers.map(([value, meaning]) => (
                <option key={value} value={value}>
                  {meaning}
                </option>
              ))}
            </datalist>
          )}
        </>
      )}
      <p class="dim" id={described}>
        {help}
      </p>
    </div>
  );
}

const meaningOf = (value: string, meaning: string) => (value === 'true' ? meaning : `${value}: ${meaning}`);
