import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { capitalRegisterWords } from '../../../messages/staff/capital';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import chips from '../../../parts/Chip.module.css';
import { Field } from '../../../parts/Field';
import { SendForm } from '../../../parts/SendForm';
import shared from '../../../parts/Together.module.css';
import {
  type CapitalMovement,
  cancelMovement,
  capitalChanged,
  movementsQuery,
} from '../../../queries/capitalRegister';
import { fullDay } from '../../../words/dates';
import { textIn } from '../../../words/forms';
import { useLanguage, useWords } from '../../../words/language';
import { euros } from '../../../words/numbers';

/** The register: every movement with its number, cancelled ones too. */
export function Movements({ organiserId }: { organiserId: string }) {
  const words = useWords(capitalRegisterWords);
  const query = useQuery(movementsQuery(organiserId));
  return (
    <Card title={words.register}>
      <Answer query={query}>
        {(movements) =>
          movements.length === 0 ? (
            <p>{words.noMovement}</p>
          ) : (
            <ul className={shared.list}>
              {movements.map((movement) => (
                <li key={movement.id}>
                  <Movement movement={movement} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Card>
  );
}

function Movement({ movement }: { movement: CapitalMovement }) {
  const words = useWords(capitalRegisterWords);
  const language = useLanguage();
  const { number, kind, day, capital_shares, nominal_cents, document_reference } = movement;
  const { from_name, to_name } = movement;
  return (
    <>
      <div className={shared.line}>
        <h3 className={shared.title}>
          {words.movement(number, words.kinds[kind], capital_shares)}
        </h3>
        {movement.cancelled_at && <span className={chips.chip}>{words.cancelled}</span>}
      </div>
      <p className={shared.weak}>
        {[
          fullDay(day, language),
          words.each(euros(nominal_cents, language)),
          ...(from_name ? [words.from(from_name)] : []),
          ...(to_name ? [words.to(to_name)] : []),
          document_reference,
        ].join(' · ')}
      </p>
      {movement.cancelled_at ? (
        <p className={shared.weak}>{movement.cancelled_reason}</p>
      ) : (
        <Cancelling movement={movement} />
      )}
    </>
  );
}

/** A mistaken movement no longer counts, and stays in the register. */
function Cancelling({ movement }: { movement: CapitalMovement }) {
  const words = useWords(capitalRegisterWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: (form: FormData) => cancelMovement(movement, textIn(form, 'reason') ?? ''),
    onSuccess: () => capitalChanged(queries),
  });
  return (
    <details>
      <summary>{words.cancel}</summary>
      <SendForm
        attempt={attempt}
        onSend={attempt.mutate}
        submit={words.cancelNumber(movement.number)}
      >
        <p>{words.cancelEffect}</p>
        <Field name="reason" type="text" maxLength={200} label={words.reason} />
      </SendForm>
    </details>
  );
}
