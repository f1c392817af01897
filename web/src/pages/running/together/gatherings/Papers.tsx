import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { planningWords } from '../../../../messages/running/togetherGatherings';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import { ChoiceField } from '../../../../parts/ChoiceField';
import { Field } from '../../../../parts/Field';
import { FileField } from '../../../../parts/FileField';
import { SendForm } from '../../../../parts/SendForm';
import shared from '../../../../parts/Together.module.css';
import { addMaterial, removeMaterial } from '../../../../queries/gatheringDesk';
import { type Gathering, type Material, materialsQuery } from '../../../../queries/gatherings';
import { PAPER_FILES } from '../../../../words/files';
import { fileIn, textIn } from '../../../../words/forms';
import { useWords } from '../../../../words/language';
import { MaterialLine } from '../../../Materials';
import { Ticked } from '../Ticked';

/** What there is to read for a gathering, and more of it. */
export function Papers({ gathering: { id, state } }: { gathering: Gathering }) {
  const words = useWords(planningWords);
  const query = useQuery(materialsQuery(id));
  return (
    <Card title={words.materials}>
      <Answer query={query}>
        {(materials) => (
          <>
            {materials.length === 0 && <p className={shared.weak}>{words.noMaterials}</p>}
            <ul className={shared.list}>
              {materials.map((material) => (
                <li key={material.id}>
                  <MaterialLine gatheringId={id} material={material} />
                  <Removing gatheringId={id} material={material} />
                </li>
              ))}
            </ul>
            {state !== 'cancelled' && <Adding gatheringId={id} key={materials.length} />}
          </>
        )}
      </Answer>
    </Card>
  );
}

function useMaterialsChanged(gatheringId: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries(materialsQuery(gatheringId));
}

/** Drawn anew once something was added. */
function Adding({ gatheringId }: { gatheringId: string }) {
  const words = useWords(planningWords);
  const [kind, setKind] = useState<'link' | 'file'>('file');
  const attempt = useMutation({
    mutationFn: (form: FormData) =>
      addMaterial(gatheringId, {
        title: textIn(form, 'title') ?? '',
        url: textIn(form, 'url'),
        file: fileIn(form, 'file'),
      }),
    onSuccess: useMaterialsChanged(gatheringId),
  });
  return (
    <details>
      <summary>{words.addMaterial}</summary>
      <SendForm attempt={attempt} onSend={attempt.mutate} submit={words.add}>
        <Field name="title" type="text" label={words.materialTitle} maxLength={200} />
        <ChoiceField
          name="kind"
          label={words.materialKind}
          choices={{ file: words.materialKinds.file, link: words.materialKinds.link }}
          chosen={kind}
          onChange={setKind}
        />
        {kind === 'file' ? (
          <FileField name="file" label={words.file} help={words.fileHelp} accept={PAPER_FILES} />
        ) : (
          <Field name="url" type="url" label={words.link} pattern="https?://.+" maxLength={1000} />
        )}
      </SendForm>
    </details>
  );
}

function Removing({ gatheringId, material }: { gatheringId: string; material: Material }) {
  const words = useWords(planningWords);
  const attempt = useMutation({
    mutationFn: () => removeMaterial(gatheringId, material.id),
    onSuccess: useMaterialsChanged(gatheringId),
  });
  return (
    <details>
      <summary aria-label={words.removeOf(material.title)}>{words.remove}</summary>
      <Ticked
        attempt={attempt}
        onSend={() => attempt.mutate()}
        tick={words.removeTick}
        submit={words.remove}
      >
        <p>{words.removeHelp}</p>
      </Ticked>
    </details>
  );
}
