import { createContext } from 'preact';

/** The session whose blocks are drawn: prompts are answered there. */
export const SessionId = createContext('');
