import { Navigate } from 'react-router';
import { useMay } from '../session/session.ts';
import { entriesFor } from './navigation.ts';

/** The first page that somebody's role has. */
export const Home = () => <Navigate replace to={entriesFor(useMay())[0]?.path ?? '/settings'} />;
