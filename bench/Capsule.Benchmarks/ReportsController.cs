using Microsoft.AspNetCore.Mvc;

namespace Capsule.Benchmarks;

/// <summary>The endpoints as an MVC controller.</summary>
[ApiController]
public sealed class ReportsController : ControllerBase
{
    [HttpGet("/text")]
    public string Text() => "Hello";

    [HttpGet("/reports/{id:int}")]
    public Report GetReport(int id, string status, int page = 1) => new(id, status, page);

    [HttpPost("/reports")]
    public Report PostReport(Report report) => report;

    [HttpPost("/form")]
    public Report PostForm([FromForm] int id, [FromForm] string status, [FromForm] int page = 1) => new(id, status, page);
}
