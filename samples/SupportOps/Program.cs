using Capsule;
using Capsule.Hosting;
using SupportOps;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule(options => options.Integrations
    .AddForm(Integration.Of("helpdesk"), "Help desk", new IntegrationField("address", "Address") { Secret = false }, new IntegrationField("token", "API token")));
builder.Services.AddChatModel(builder.Configuration);

var app = builder.Build();
app.MapCapsule();
app.Run();
