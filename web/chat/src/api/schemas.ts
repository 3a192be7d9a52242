import type { components } from '../api.gen';

/** The shapes of our OpenAPI document, by the names they have there. */
export type Schemas = components['schemas'];

export type SessionSummary = Schemas['SessionSummary'];
export type SessionDetails = Schemas['SessionDetails'];
export type UploadedFile = Schemas['UploadedFile'];
export type TaskDetails = Schemas['TaskDetails'];
export type Me = Schemas['Me'];
export type ProblemDetails = Schemas['ProblemDetails'];
export type TurnState = Schemas['TurnData']['state'];
