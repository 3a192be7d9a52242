namespace Capsule.Conformance.Sqlite;

public sealed class SqliteJournalTests() : JournalSuite(new SqliteBackEnd());

public sealed class SqliteSessionTests() : SessionSuite(new SqliteBackEnd());

public sealed class SqliteDeletionTests() : DeletionSuite(new SqliteBackEnd());

public sealed class SqliteTurnTests() : TurnSuite(new SqliteBackEnd());

public sealed class SqlitePromptTests() : PromptSuite(new SqliteBackEnd());

public sealed class SqliteTaskTests() : TaskSuite(new SqliteBackEnd());

public sealed class SqliteScheduleTests() : ScheduleSuite(new SqliteBackEnd());

public sealed class SqliteDocumentTests() : DocumentSuite(new SqliteBackEnd());

public sealed class SqliteGuestTests() : GuestSuite(new SqliteBackEnd());

public sealed class SqliteFileTests() : FileSuite(new SqliteBackEnd());

public sealed class SqliteIntegrationTests() : IntegrationSuite(new SqliteBackEnd());

public sealed class SqliteReplayTests() : ReplaySuite(new SqliteBackEnd());
