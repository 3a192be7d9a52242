#pragma warning disable CA1034 // Types inside of others are what this is about.
namespace Capsule.OpenApi.Tests.App.Billing
{
    /// <summary>An amount on a bill.</summary>
    public sealed record Line(decimal Amount);

    public sealed record Bill(Line First, Bill.Status State)
    {
        public enum Status
        {
            Open,
            Paid,
        }
    }
}

namespace Capsule.OpenApi.Tests.App.Drawing
{
    /// <summary>A stroke of a picture.</summary>
    public sealed record Line(int Length);

    public sealed record Picture(Line First, Line? Second, Picture.Status State, Picture.Status? Before)
    {
        public enum Status
        {
            Sketch,
            Done,
        }
    }

    /// <summary>The app's own, of the same name as one of the host's.</summary>
    public sealed record ChatReply(string Words);

    /// <summary>The app's own problem.</summary>
    public sealed record ProblemDetails(int Code);
}

namespace Capsule.OpenApi.Tests.App
{
    using Billing;
    using Drawing;

    /// <summary>Types whose names meet.</summary>
    public static class Names
    {
        /// <summary>Bills.</summary>
        [Data("bills")]
        public static Page<Bill> Bills() => new([], null);

        /// <summary>Lines of bills.</summary>
        [Data("bill_lines")]
        public static Page<Billing.Line> BillLines() => new([], null);

        /// <summary>Lines of pictures.</summary>
        [Data("picture_lines")]
        public static Page<Drawing.Line> PictureLines() => new([], null);

        /// <summary>Pictures.</summary>
        [Data("pictures")]
        public static Dictionary<string, Picture> Pictures() => [];

        /// <summary>Numbers.</summary>
        [Data("numbers")]
        public static Page<int> Numbers() => new([], null);

        /// <summary>Names like those of the host.</summary>
        [Data("chat")]
        public static ChatReply Chat() => new("");

        /// <summary>A problem that is none.</summary>
        [Data("trouble")]
        public static ProblemDetails Trouble() => new(1);
    }
}
