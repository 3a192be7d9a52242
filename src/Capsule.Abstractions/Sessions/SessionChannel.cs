namespace Capsule;

/// <summary>How the user reaches the app in a session.</summary>
/// <param name="Type"><c>chat</c> for the chat page and its clients, <c>api</c> for <c>POST /capsule/chat</c>.</param>
public sealed record SessionChannel(string Type);
