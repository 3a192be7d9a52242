namespace Capsule.Hosting;

/// <summary>The handlers of one assembly. Written by the generator, one for each assembly that has handlers or references one that has.</summary>
public abstract class HandlerManifest
{
    /// <summary>Adds this assembly's handlers, and includes the manifests of the assemblies it references.</summary>
    public abstract void Register(HandlerRegistry handlers);
}

/// <summary>Names an assembly's manifest, so that the host finds it without looking at types.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public abstract class CapsuleManifestAttribute : Attribute
{
    /// <summary>Makes the manifest.</summary>
    public abstract HandlerManifest Create();
}

/// <summary>Names an assembly's manifest, so that the host finds it without looking at types.</summary>
/// <typeparam name="TManifest">The manifest.</typeparam>
public sealed class CapsuleManifestAttribute<TManifest> : CapsuleManifestAttribute
    where TManifest : HandlerManifest, new()
{
    /// <inheritdoc />
    public override HandlerManifest Create() => new TManifest();
}
