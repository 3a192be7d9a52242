namespace Capsule.Hosting.Sessions;

/// <summary>What effects can be.</summary>
internal static class EffectKinds
{
    public const string Reply = "reply";
    public const string Stream = "stream";
    public const string Notification = "notification";
    public const string Block = "block";
    public const string Title = "title";
    public const string File = "file";
    public const string Prompt = "prompt";
    public const string Integration = "look at an integration";
    public const string Step = "step";
    public const string Data = "data";
    public const string Submit = "submit";
    public const string Cancel = "cancel";
    public const string Refresh = "refresh";
    public const string ReadTasks = "read tasks";
    public const string Insert = "insert";
    public const string Update = "update";
    public const string Delete = "delete";
    public const string ReadDocuments = "read documents";
}
