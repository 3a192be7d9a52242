using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Generators.Infrastructure;

/// <summary>
/// What a compilation declares: its trees' <see cref="DeclarationFingerprint"/>s in order, the options that give symbols their meaning,
/// and what it references.
/// </summary>
internal static class CompilationFingerprint
{
    private static readonly ConditionalWeakTable<Compilation, StrongBox<Fingerprint>> Known = new();
    private static readonly ConditionalWeakTable<object, StrongBox<long>> Numbers = new();
    private static long lastNumber;

    public static Fingerprint Of(Compilation compilation, CancellationToken cancellation)
    {
        if (!Known.TryGetValue(compilation, out var known))
        {
            var computed = new StrongBox<Fingerprint>(Compute(compilation, cancellation));
            known = Known.GetValue(compilation, _ => computed);
        }
        return known.Value;
    }

    private static Fingerprint Compute(Compilation compilation, CancellationToken cancellation)
    {
        var builder = new FingerprintBuilder();
        if (compilation is not CSharpCompilation)
        {
            // Another language's project, referenced as a compilation: no fingerprint of ours reads it, so any change counts.
            builder.Add(NumberOf(compilation));
            return builder.ToFingerprint();
        }

        builder.Add(compilation.AssemblyName);
        AddOptions(ref builder, (CSharpCompilationOptions)compilation.Options);
        // "External" leaves out those of scripts, and thereby does not make the compiler resolve them all.
        foreach (var reference in compilation.ExternalReferences)
            AddReference(ref builder, reference, cancellation);
        var treeOptions = compilation.Options.SyntaxTreeOptionsProvider;
        foreach (var tree in compilation.SyntaxTrees)
        {
            builder.Add(DeclarationFingerprint.Of(tree, cancellation));
            // "generated_code" of an .editorconfig: the project's nullable setting does not hold there.
            builder.Add((int)(treeOptions?.IsGenerated(tree, cancellation) ?? GeneratedKind.Unknown));
        }
        return builder.ToFingerprint();
    }

    private static void AddOptions(ref FingerprintBuilder builder, CSharpCompilationOptions options)
    {
        builder.Add((int)options.OutputKind);
        builder.Add((int)options.NullableContextOptions);
        builder.Add((int)options.Platform);
        builder.Add((int)options.MetadataImportOptions);
        builder.Add(options.AllowUnsafe);
        builder.Add(options.CheckOverflow);
        builder.Add(options.ModuleName);
        builder.Add(options.MainTypeName);
        // The assembly's public key, which decides whose internals it sees.
        builder.Add(options.CryptoKeyFile);
        builder.Add(options.CryptoKeyContainer);
        builder.Add(options.PublicSign);
        foreach (var part in options.CryptoPublicKey)
            builder.Add(part);
        foreach (var name in options.Usings)
            builder.Add(name);
    }

    private static void AddReference(ref FingerprintBuilder builder, MetadataReference reference, CancellationToken cancellation)
    {
        builder.Add((int)reference.Properties.Kind);
        builder.Add(reference.Properties.EmbedInteropTypes);
        builder.Add(reference.Properties.Aliases.Length);
        foreach (var alias in reference.Properties.Aliases)
            builder.Add(alias);
        if (reference is CompilationReference project)
            builder.Add(Of(project.Compilation, cancellation));
        else
            builder.Add(NumberOf(Identity(reference)));
    }

    /// <summary>
    /// The id that Roslyn gives each image it loads: shared by references to one image, new when a file is read again. A path is not
    /// enough, since the file changes under it.
    /// </summary>
    private static object Identity(MetadataReference reference)
    {
        try
        {
            return (reference as PortableExecutableReference)?.GetMetadataId() ?? (object)reference;
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return reference;
        }
    }

    /// <summary>A number for an object's identity, never given twice in this process as a hash code may be.</summary>
    private static long NumberOf(object identity) =>
        Numbers.GetValue(identity, static _ => new StrongBox<long>(Interlocked.Increment(ref lastNumber))).Value;
}
