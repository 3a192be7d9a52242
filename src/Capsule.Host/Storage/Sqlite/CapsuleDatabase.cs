namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>
/// The file that holds sessions, files' descriptions, tasks and schedules (<c>capsule.db</c>): what a turn does commits together.
/// Each area keeps its tables beside its store; a new version adds a script here and changes none.
/// </summary>
internal static class CapsuleDatabase
{
    public const string FileName = "capsule.db";

    public static IReadOnlyList<string> Migrations { get; } =
    [
        SqliteFileIndex.Schema,
        SessionTables.Create,
        TaskSchema.Sql,
        ScheduleSchema.Sql,
        SqliteGuestStore.Schema,
        SessionTables.AddAttempts,
        SessionTables.AddReplay,
        SessionTables.AddDeletion,
        SqliteIntegrationStore.Schema,
        SessionTables.FindTurnsByEvents,
        SessionTables.AddDeletionInParts,
        SessionTables.NumberByEvents,
        SessionTables.AppendEvents,
    ];
}
