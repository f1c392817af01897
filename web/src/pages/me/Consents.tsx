import { useQuery } from '@tanstack/react-query';
import { consentWords } from '../../messages/consents';
import { Answer } from '../../parts/Answer';
import { Card } from '../../parts/Card';
import { type Consent, consentsQuery } from '../../queries/consents';
import { type OwnParticipation, type Profile, standingPoints } from '../../queries/me';
import { dayAt } from '../../words/dates';
import { OF_OPERATIONS, useWords } from '../../words/language';
import { Accesses } from './Accesses';
import { ConsentHistory } from './ConsentHistory';
import { ConsentQuestion } from './ConsentQuestion';
import { MemberPage } from './MePage';

/** What of my curves others may see, and who has looked: in one place, where one can say no. */
export function Consents() {
  const words = useWords(consentWords);
  return (
    <MemberPage title={words.title}>
      {(profile) => (
        <>
          <p>{words.intro}</p>
          <OwnConsents profile={profile} />
          <Accesses profile={profile} />
        </>
      )}
    </MemberPage>
  );
}

function OwnConsents({ profile: { member, participations } }: { profile: Profile }) {
  const words = useWords(consentWords);
  const query = useQuery(consentsQuery(member.id));
  const points = standingPoints(participations, dayAt(new Date()));
  return (
    <Answer query={query}>
      {(consents) => (
        <>
          {points.length === 0 && <p>{words.noPoint}</p>}
          {points.map((point) => (
            <OfPoint
              key={`${point.operation_id} ${point.prm}`}
              memberId={member.id}
              point={point}
              consents={consents}
            />
          ))}
          <ConsentHistory
            memberId={member.id}
            consents={consents}
            labels={new Map(participations.map((stay) => [stay.prm, stay.point_label]))}
          />
        </>
      )}
    </Answer>
  );
}

interface OfPointProps {
  memberId: string;
  point: OwnParticipation;
  consents: Consent[];
}

function OfPoint({ memberId, point, consents }: OfPointProps) {
  const about = {
    memberId,
    prm: point.prm,
    ofPoint: consents.filter(({ prm }) => prm === point.prm),
    today: dayAt(new Date()),
  };
  const label = point.point_label;
  const isPlant = point.direction === 'production';
  return (
    <Card title={`${point.point_label} · ${point.operation_name}`} lang={OF_OPERATIONS}>
      <ConsentQuestion
        label={label}
        name={isPlant ? 'plant' : 'curve'}
        question={{ ...about, purpose: 'display', granularity: 'load_curve' }}
      />
      <ConsentQuestion
        label={label}
        name="daily"
        question={{ ...about, purpose: 'display', granularity: 'daily' }}
      />
      {!isPlant && (
        <ConsentQuestion
          label={label}
          name="fetched"
          question={{ ...about, purpose: 'collection', granularity: 'load_curve' }}
        />
      )}
    </Card>
  );
}
