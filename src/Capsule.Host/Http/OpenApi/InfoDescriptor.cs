using System.Reflection;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace Capsule.Hosting;

/// <summary>Describes a parameter by what the framework reads of it.</summary>
internal sealed class InfoDescriptor : ParameterDescriptor, IParameterInfoParameterDescriptor
{
    public InfoDescriptor(ParameterInfo info)
    {
        Name = info.Name!;
        ParameterType = info.ParameterType;
        ParameterInfo = info;
    }

    public ParameterInfo ParameterInfo { get; }

    /// <summary>The parameter itself that is described, with its default; null for what is no parameter.</summary>
    public static ParameterInfo? ParameterOf(ApiParameterDescription description) =>
        (description.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo is not { } info ? null
        : info is WithoutDefault without ? without.Parameter
        : info;
}
