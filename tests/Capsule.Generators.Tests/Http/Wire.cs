using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Capsule.Generators.Tests.Http;

/// <summary>How a request's body goes over the wire.</summary>
public enum Sending
{
    /// <summary>With the headers.</summary>
    AtOnce,

    /// <summary>In chunks.</summary>
    Chunked,

    /// <summary>Once the server has said that it reads.</summary>
    WhenAsked,
}

/// <summary>HTTP as bytes: one request on a connection of its own, and all that the server sends until it closes.</summary>
internal static partial class Wire
{
    public static async Task<string> ExchangeAsync(Uri address, string request, string? contentType = null, byte[]? body = null, Sending sending = Sending.AtOnce)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, timeout.Token);
        var stream = client.GetStream();
        var head = new StringBuilder($"{request} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n");
        if (contentType is not null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\n");
        if (body is not null)
            head.Append(sending == Sending.Chunked ? "Transfer-Encoding: chunked\r\n" : string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n"));
        if (sending == Sending.WhenAsked)
            head.Append("Expect: 100-continue\r\n");
        var prefix = Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
        var answer = new MemoryStream();
        switch (sending)
        {
            case Sending.Chunked:
                var half = body!.Length / 2;
                await stream.WriteAsync((byte[])[.. prefix, .. Chunk(body[..half]), .. Chunk(body[half..]), .. "0\r\n\r\n"u8], timeout.Token);
                break;
            case Sending.WhenAsked:
                await stream.WriteAsync(prefix, timeout.Token);
                var buffer = new byte[4096];
                answer.Write(buffer, 0, await stream.ReadAsync(buffer, timeout.Token));
                if (Encoding.Latin1.GetString(answer.ToArray()).StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
                    await stream.WriteAsync(body, timeout.Token);
                break;
            default:
                await stream.WriteAsync((byte[])[.. prefix, .. body ?? []], timeout.Token);
                break;
        }
        await ReadToEndAsync(stream, answer, timeout.Token);
        return Joined(Date().Replace(Encoding.Latin1.GetString(answer.ToArray()), ""));
    }

    /// <summary>The answer with its chunks put together: where a server cuts is its own business. One without an end stays in chunks.</summary>
    private static string Joined(string answer)
    {
        const string Mark = "Transfer-Encoding: chunked\r\n\r\n";
        var start = answer.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length;
        if (start < Mark.Length || !answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            return answer;
        var joined = new StringBuilder(answer, 0, start, answer.Length);
        while (true)
        {
            var lineEnd = answer.IndexOf('\r', start);
            var length = int.Parse(answer.AsSpan(start, lineEnd - start), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
                return joined.ToString();
            joined.Append(answer, lineEnd + 2, length);
            start = lineEnd + 2 + length + 2;
        }
    }

    private static byte[] Chunk(byte[] part) =>
        part.Length == 0 ? [] : [.. Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"), .. part, .. "\r\n"u8];

    private static async Task ReadToEndAsync(Stream stream, MemoryStream answer, CancellationToken cancellationToken)
    {
        try
        {
            await stream.CopyToAsync(answer, cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is SocketException)
        {
            answer.Write("(reset)"u8);
        }
    }

    [GeneratedRegex(@"Date: [^\r]*\r\n")]
    private static partial Regex Date();
}
