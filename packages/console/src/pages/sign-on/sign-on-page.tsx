import { SIGN_ON_PATH } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useAccessMessages } from '../../language/access.ts';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';
import { RefusalNote, reasonIn } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';
import { enter, useGate } from '../../session/session.ts';
import { forgetCode, rememberCode, signOnAddress, takePlace } from '../../session/sign-on.ts';
import { Front } from '../../shell/front.tsx';

/** What is done once: neither beginning nor coming back may be repeated by itself. */
const ONCE = { retry: false, staleTime: Infinity, gcTime: Infinity, refetchOnWindowFocus: false } as const;

/** Signing in at the provider of a business: going there, and coming back. */
export function Component() {
  const a = useAccessMessages();
  const { code } = useParams();
  const [response] = useState(() => location.search.slice(1));
  useEffect(() => {
    document.title = `${a.signOn.title} · OpenTopup`;
  }, [a]);
  return (
    <Front title={a.signOn.title}>
      {response ? <ComingBack response={response} /> : code ? <Arriving key={code} code={code} /> : <Code />}
    </Front>
  );
}

/** The code of the business, typed. */
function Code() {
  const a = useAccessMessages();
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void navigate(`${SIGN_ON_PATH}/${encodeURIComponent(code.trim().toLowerCase())}`);
  };
  return (
    <form onSubmit={submit}>
      <Field
        label={a.signOn.code}
        hint={a.signOn.codeHint}
        required
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <button type="submit" className="button button-main button-wide">
        {a.signOn.go}
      </button>
      <Link to="/">{a.signOn.password}</Link>
    </form>
  );
}

/** Goes to the provider at once, unless somebody is signed in: a link that was sent to them must not end their session. */
function Arriving({ code }: { code: string }) {
  const a = useAccessMessages();
  const { signedIn, isLoading } = useGate();
  const [isWanted, setWanted] = useState(false);
  if (isLoading) return <p role="status">{a.signOn.going}</p>;
  if (!signedIn || isWanted) return <GoingThere code={code} />;
  return (
    <>
      <p>{a.signOn.isIn(signedIn.email)}</p>
      <button type="button" className="button button-main button-wide" onClick={() => setWanted(true)}>
        {a.signOn.go}
      </button>
      <Link to="/">{a.signOn.stay}</Link>
    </>
  );
}

function GoingThere({ code }: { code: string }) {
  const a = useAccessMessages();
  const begin = useQuery({
    queryKey: ['sign-on', 'begin', code],
    queryFn: () => server.account.call('beginSignOn', { body: { code } }),
    ...ONCE,
  });
  useEffect(() => {
    if (!begin.data) return;
    rememberCode(code);
    location.assign(begin.data.url);
  }, [begin.data, code]);
  useEffect(() => {
    if (begin.error) forgetCode();
  }, [begin.error]);
  if (!begin.error) return <p role="status">{a.signOn.going}</p>;
  // What is no code at all, nobody has.
  return (
    <>
      <RefusalNote error={begin.error} />
      {['not_found', 'invalid_body_field'].includes(reasonIn(begin.error) ?? '') ? <Code /> : <Again />}
    </>
  );
}

function ComingBack({ response }: { response: string }) {
  const m = useMessages();
  const a = useAccessMessages();
  const navigate = useNavigate();
  const complete = useQuery({
    queryKey: ['sign-on', 'complete', response],
    queryFn: () => {
      // What was brought counts once; it stays in no history.
      history.replaceState(history.state, '', SIGN_ON_PATH);
      return server.account.call('completeSignOn', { body: { response } });
    },
    ...ONCE,
  });
  const { data } = complete;
  const before = data?.role_before;
  // To enter forgets what was asked before, this completion too: what it has told is read first.
  const goOn = useCallback((): void => {
    if (!data) return;
    enter(data);
    void navigate(takePlace(), { replace: true });
  }, [data, navigate]);
  useEffect(() => {
    if (!before) goOn();
  }, [before, goOn]);
  if (data && before) {
    return (
      <>
        <p role="status">{a.signOn.otherRole(m.roles[data.role], m.roles[before])}</p>
        <button type="button" className="button button-main button-wide" onClick={goOn}>
          {a.signOn.go}
        </button>
      </>
    );
  }
  if (!complete.error) return <p role="status">{a.signOn.coming}</p>;
  return (
    <>
      <RefusalNote error={complete.error} />
      <Again />
    </>
  );
}

/** The ways on from a sign-in that has failed. */
function Again() {
  const a = useAccessMessages();
  return (
    <>
      {/* From the beginning: nothing of what failed is kept. */}
      <a className="button button-main button-wide" href={signOnAddress()}>
        {a.signOn.again}
      </a>
      <a href="/">{a.signOn.password}</a>
    </>
  );
}
