using System.Text;

namespace Capsule.Keystrokes;

/// <summary>Writes the programs that are edited. Every file has a line <c>var edited = 0;</c> in a body and a parameter <c>int edited</c>.</summary>
internal static class Programs
{
    /// <summary>The one that a body edit changes.</summary>
    public const string Body = "var step = 0;";

    /// <summary>The one that a signature edit changes.</summary>
    public const string Signature = "int page0";

    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Logging;
        """;

    /// <summary>A file without handlers, for edits elsewhere.</summary>
    public const string Foreign = """
        namespace App;

        public static class Elsewhere
        {
            public static int Number()
            {
                var step = 0;
                return step;
            }
        }
        """;

    /// <summary>Capsule handlers: of ten, four read values, three take a body, and a chat, a schedule and a task.</summary>
    public static string Capsule(int file, int handlers) => Type(file, handlers, "using Capsule;", "static class", handler => (handler % 10) switch
    {
        < 4 => $$"""
                /// <summary>Lists what is in place {{handler}}.</summary>
                /// <param name="id">Which one.</param>
                [Endpoint("GET", "/places/f{{file}}/h{{handler}}/{id}")]
                public static Task<Item{{file}}> Get{{handler}}(int id, RequestContext caller, string? status = null, int page{{handler}} = 1)
                {
                    var step = {{handler}};
                    return Task.FromResult(new Item{{file}}(id + step + page{{handler}}, status));
                }
            """,
        < 7 => $$"""
                /// <summary>Stores what is in place {{handler}}.</summary>
                [Endpoint("POST", "/places/f{{file}}/h{{handler}}", Authorized = false)]
                public static Item{{file}} Post{{handler}}(Item{{file}} item, ILoggerFactory loggers, CancellationToken cancellationToken)
                {
                    var step = {{handler}};
                    return item with { Id = step };
                }
            """,
        7 => $$"""
                [Message("f{{file}}h{{handler}}")]
                public static async Task Chat{{handler}}(Session session, Message message)
                {
                    var step = {{handler}};
                    await session.ReplyAsync(message.Text + step);
                }
            """,
        8 => $$"""
                [Schedule("{{handler % 60}} * * * *", Name = "f{{file}}h{{handler}}")]
                public static Task Tick{{handler}}(TaskClient tasks, CancellationToken cancellationToken)
                {
                    var step = {{handler}};
                    return Task.Delay(step, cancellationToken);
                }
            """,
        _ => $$"""
                /// <summary>Works in the background.</summary>
                [Task(Retries = 2, Lock = "place:{place}")]
                public static async Task<int> Work{{file}}x{{handler}}(string place, int step, TaskProgress progress)
                {
                    await Task.Yield();
                    return step;
                }
            """,
    });

    /// <summary>Minimal API endpoints, mapped in a method.</summary>
    public static string Minimal(int file, int handlers)
    {
        var text = new StringBuilder($"namespace App;\n\npublic sealed record Item{file}(int Id, string? Status);\n\npublic static class Handlers{file}\n{{\n");
        text.Append("    public static void Map(WebApplication app)\n    {\n");
        for (var handler = 0; handler < handlers; handler++)
        {
            text.Append(handler % 10 < 6
                ? $$"""
                            app.MapGet("/places/f{{file}}/h{{handler}}/{id}", static (int id, string? status, int page{{handler}} = 1) =>
                            {
                                var step = {{handler}};
                                return Task.FromResult(new Item{{file}}(id + step + page{{handler}}, status));
                            });

                    """
                : $$"""
                            app.MapPost("/places/f{{file}}/h{{handler}}", static (Item{{file}} item, ILoggerFactory loggers, CancellationToken cancellationToken) =>
                            {
                                var step = {{handler}};
                                return item with { Id = step };
                            });

                    """);
        }
        return text.Append("    }\n}\n").ToString();
    }

    /// <summary>Log messages as the framework's own generator has them.</summary>
    public static string Logging(int file, int handlers) => Type(file, handlers, "", "static partial class", handler => $$"""
                [LoggerMessage({{handler}}, LogLevel.Information, "Place {id} on page {page{{handler}}}: {status}")]
                public static partial void Log{{handler}}(ILogger logger, int id, string? status, int page{{handler}});

                public static int Body{{handler}}()
                {
                    var step = {{handler}};
                    return step;
                }
            """);

    private static string Type(int file, int handlers, string usings, string kind, Func<int, string> member)
    {
        var text = new StringBuilder($"{usings}\n\nnamespace App;\n\npublic sealed record Item{file}(int Id, string? Status);\n\npublic {kind} Handlers{file}\n{{\n");
        for (var handler = 0; handler < handlers; handler++)
            text.Append(member(handler)).Append("\n\n");
        return text.Append("}\n").ToString();
    }
}
