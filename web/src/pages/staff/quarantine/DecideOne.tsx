import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { quarantineWords } from '../../../messages/staff/quarantine';
import { Card } from '../../../parts/Card';
import { SendForm } from '../../../parts/SendForm';
import {
  type Decided,
  type Decision,
  decidedInQuarantine,
  decideOn,
  pointNameQuery,
  type Quarantined,
} from '../../../queries/quarantine';
import { textIn } from '../../../words/forms';
import { useWords } from '../../../words/language';
import { DecisionFields } from './DecisionFields';

interface DecideOneProps {
  record: Quarantined;
  onDone: (decided: Decided) => void;
}

/** Release a record as it is, if it says something, or discard it. */
export function DecideOne({ record, onDone }: DecideOneProps) {
  const words = useWords(quarantineWords);
  const queries = useQueryClient();
  const { reading } = record;
  const [decision, decide] = useState<Decision>(reading ? 'release' : 'discard');
  const { data: name } = useQuery({
    ...pointNameQuery(reading?.prm ?? ''),
    enabled: reading !== null,
  });
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      decideOn([record], decision, textIn(form, 'because') ?? '', () => {}),
    onSuccess: async (decided) => {
      onDone(decided);
      await decidedInQuarantine(queries);
    },
  });
  const point = reading ? words.toWhom(reading.prm, name) : '';
  return (
    <Card title={words.decide}>
      <SendForm attempt={attempt} submit={words.go[decision]} isWide onSend={attempt.mutate}>
        <DecisionFields
          decision={decision}
          onDecision={reading ? decide : undefined}
          effect={decision === 'release' ? words.releaseOne(point) : words.discardOne}
        />
      </SendForm>
    </Card>
  );
}
