using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Capsule.Benchmarks.Chat;

/// <summary>A kept-alive HTTP/1.1 connection that does little itself: on two cores, what the load costs is missing to the host.</summary>
internal sealed class Connection(Uri server) : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[4096];
    private int length;

    /// <summary>The cookies that the host has set.</summary>
    public string Cookie { get; set; } = "";

    public Task OpenAsync() => socket.ConnectAsync(server.Host, server.Port);

    /// <summary>Makes a POST request.</summary>
    public byte[] Post(string path, string json) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\n{CookieLine}Content-Type: application/json\r\n"
        + $"Content-Length: {Encoding.UTF8.GetByteCount(json).ToString(CultureInfo.InvariantCulture)}\r\n\r\n{json}");

    /// <summary>Makes a GET request.</summary>
    public byte[] Get(string path, string accept) =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n{CookieLine}Accept: {accept}\r\n\r\n");

    /// <summary>Sends a request and reads the whole answer: its status and all of its text, head included.</summary>
    public async ValueTask<(int Status, ReadOnlyMemory<byte> Answer)> SendAsync(ReadOnlyMemory<byte> request)
    {
        await socket.SendAsync(request);
        length = 0;
        while (!IsWhole(buffer.AsSpan(0, length)))
            await ReceiveAsync();
        var answer = buffer.AsMemory(0, length);
        return (int.Parse(answer.Span.Slice(9, 3), CultureInfo.InvariantCulture), answer);
    }

    /// <summary>Sends a request for a stream and reads the head of its answer.</summary>
    public async Task OpenStreamAsync(string path)
    {
        await socket.SendAsync(Get(path, "text/event-stream"));
        length = 0;
        int end;
        while ((end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
            await ReceiveAsync();
        if (!buffer.AsSpan(9, 3).SequenceEqual("200"u8))
            throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, length));
        buffer.AsSpan(end + 4, length - end - 4).CopyTo(buffer);
        length -= end + 4;
    }

    /// <summary>Reads the stream until a text has come, and forgets all up to it.</summary>
    public async Task UntilAsync(ReadOnlyMemory<byte> text)
    {
        int place;
        while ((place = buffer.AsSpan(0, length).IndexOf(text.Span)) < 0)
        {
            // What can't be the beginning of the text is not looked at again.
            var kept = Math.Min(length, text.Length);
            buffer.AsSpan(length - kept, kept).CopyTo(buffer);
            length = kept;
            await ReceiveAsync();
        }
        place += text.Length;
        buffer.AsSpan(place, length - place).CopyTo(buffer);
        length -= place;
    }

    public void Dispose() => socket.Dispose();

    private string CookieLine => Cookie.Length == 0 ? "" : $"Cookie: {Cookie}\r\n";

    private async ValueTask ReceiveAsync()
    {
        if (length == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var received = await socket.ReceiveAsync(buffer.AsMemory(length));
        length += received > 0 ? received : throw new IOException("The host has closed the connection.");
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var lengthLine = answer[..head].IndexOf("Content-Length: "u8);
        if (lengthLine < 0)
            return answer.EndsWith("0\r\n\r\n"u8);
        var digits = answer[(lengthLine + 16)..];
        digits = digits[..digits.IndexOf("\r\n"u8)];
        return answer.Length >= head + 4 + int.Parse(digits, CultureInfo.InvariantCulture);
    }
}
