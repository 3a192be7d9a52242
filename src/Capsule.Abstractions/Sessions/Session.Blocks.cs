using System.Text.Json.Nodes;

namespace Capsule;

/// <content>Cards and prompts.</content>
public abstract partial class Session
{
    /// <summary>Shows a block; one of an id that is shown already replaces it in place.</summary>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public abstract Task ShowAsync(Block block, CancellationToken cancellationToken = default);

    /// <summary>Shows a card that follows a task until it ends.</summary>
    /// <param name="task">The task.</param>
    /// <param name="message">A headline; the task's name by default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public Task ShowTaskAsync(TaskHandle task, string? message = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        return ShowTaskAsync(task.Id, message, cancellationToken);
    }

    /// <inheritdoc cref="ShowTaskAsync(TaskHandle, string?, CancellationToken)"/>
    /// <param name="taskId">The task's id.</param>
    /// <param name="message">A headline; the task's name by default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task ShowTaskAsync(string taskId, string? message = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskId);
        var payload = new JsonObject { ["taskId"] = taskId };
        if (!string.IsNullOrEmpty(message))
            payload["message"] = message;
        return ShowAsync(new Block("task_card", payload), cancellationToken);
    }

    /// <summary>Shows a web page inside the conversation.</summary>
    /// <param name="url">An absolute http or https address.</param>
    /// <param name="title">What the preview is called; the address by default.</param>
    /// <param name="mode">How the client lays it out.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not an absolute http or https address.</exception>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public Task ShowBrowserAsync(Uri url, string title = "", BrowserMode mode = BrowserMode.Split, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            throw new ArgumentException("The address must be absolute and begin with http:// or https://.", nameof(url));
        var payload = new JsonObject
        {
            ["url"] = url.AbsoluteUri,
            ["title"] = title,
            ["mode"] = mode switch
            {
                BrowserMode.Split => "split",
                BrowserMode.Copilot => "copilot",
                BrowserMode.Preview => "preview",
                _ => throw new ArgumentOutOfRangeException(nameof(mode)),
            },
        };
        return ShowAsync(new Block("browser_preview", payload), cancellationToken);
    }

    /// <summary>Shows an image inside the conversation.</summary>
    /// <param name="source">An <c>http:</c>, <c>https:</c> or <c>data:</c> address; anything else is the path of a local file, which is stored first.</param>
    /// <param name="alt">What it shows, for those who can't see it.</param>
    /// <param name="width">Its width in CSS pixels; its own by default.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="FileNotFoundException">There is no such local file.</exception>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public async Task ShowImageAsync(string source, string alt = "", int? width = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        if (!CanReply)
            throw new NoReplyTargetException();
        var payload = new JsonObject { ["url"] = IsAddress(source) ? source : await PublishFileAsync(source, cancellationToken).ConfigureAwait(false) };
        if (!string.IsNullOrEmpty(alt))
            payload["alt"] = alt;
        if (width is not null)
            payload["width"] = width;
        await ShowAsync(new Block("image", payload), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks for a file and waits for it.</summary>
    /// <param name="message">What to ask.</param>
    /// <param name="accept">Which files to offer, as in HTML: <c>.csv,text/csv</c>. A hint: the user may send others.</param>
    /// <param name="path">Where to write the file at once, as in <see cref="UserFile.DownloadAsync"/>.</param>
    /// <param name="timeout">How long to wait; 300 seconds by default.</param>
    /// <param name="maxBytes">The largest file that is taken, in bytes; the app's upload limit by default and at most.</param>
    /// <param name="cancellationToken">Cancels the wait; the turn's own token does so too.</param>
    /// <exception cref="FileUploadTimeoutException">No file came in time.</exception>
    /// <exception cref="FileUploadDeclinedException">The user declined.</exception>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public abstract Task<FileUpload> PromptFileAsync(
        string message = "Please upload a file",
        string accept = "",
        string? path = null,
        TimeSpan? timeout = null,
        long? maxBytes = null,
        CancellationToken cancellationToken = default);

    /// <summary>Asks for a yes or no and waits for it. True only when approved; false when rejected and when nobody answers in time.</summary>
    /// <param name="message">What to ask.</param>
    /// <param name="approveLabel">What the button for yes says.</param>
    /// <param name="rejectLabel">What the button for no says.</param>
    /// <param name="timeout">How long to wait; 300 seconds by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the turn's own token does so too.</param>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public abstract Task<bool> PromptApprovalAsync(
        string message,
        string approveLabel = "Approve",
        string rejectLabel = "Reject",
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default);

    /// <summary>Stores a local file for this session's user and returns the address under which the user can see it.</summary>
    protected abstract Task<string> PublishFileAsync(string path, CancellationToken cancellationToken);

    private static bool IsAddress(string source) =>
        source.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
        || source.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
        || source.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
}

/// <summary>How a client lays out a browser preview.</summary>
public enum BrowserMode
{
    /// <summary>Beside the conversation.</summary>
    Split,

    /// <summary>Large, with the conversation as its companion.</summary>
    Copilot,

    /// <summary>Inside the conversation.</summary>
    Preview,
}
