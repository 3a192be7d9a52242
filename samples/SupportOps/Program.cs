using Capsule;
using SupportOps;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule();
builder.Services.AddChatModel(builder.Configuration);

var app = builder.Build();
app.MapCapsule();
app.Run();
